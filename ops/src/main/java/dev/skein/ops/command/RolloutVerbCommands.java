package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.render.Columns;
import dev.skein.ops.render.DryRunText;
import dev.skein.orchestrator.http.RolloutVerb;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/**
 * Gives {@code skein rollout} a command for each verb. Only verbs with options of their own are
 * named here; any other is a plain {@link RolloutVerbCommand}.
 */
final class RolloutVerbCommands implements IModelTransformer {
    private static final Map<RolloutVerb, Function<RolloutVerb, RolloutVerbCommand>> WITH_OPTIONS =
            new EnumMap<>(
                    Map.of(
                            RolloutVerb.APPROVE, ApproveCommand::new,
                            RolloutVerb.RETRY, RetryCommand::new,
                            RolloutVerb.SKIP, SkipCommand::new,
                            RolloutVerb.ROLLBACK, RollbackCommand::new));

    @Override
    public CommandSpec transform(CommandSpec rollout) {
        for (RolloutVerb verb : RolloutVerb.values()) {
            // A repair is asked of one database: it is DatabaseRepairCommand.
            if (verb != RolloutVerb.REPAIR) {
                CommandSpec command =
                        WITH_OPTIONS
                                .getOrDefault(verb, RolloutVerbCommand::new)
                                .apply(verb)
                                .described();
                rollout.addSubcommand(verb.label(), command);
            }
        }
        return rollout;
    }

    @Command(footer = "  skein rollout approve --wave canary")
    private static final class ApproveCommand extends RolloutVerbCommand {
        @Option(
                names = "--digest",
                paramLabel = "SHA-256",
                description = "The digest you looked at; refused if the rollout has another.")
        private String digest;

        @Option(
                names = "--wave",
                paramLabel = "NAME",
                description =
                        "The wave that is done and is approved, so that the one behind it"
                                + " starts (default: the one that waits).")
        private String wave;

        ApproveCommand(RolloutVerb verb) {
            super(verb);
        }

        @Override
        void fill(ObjectNode body) {
            if (digest != null) {
                body.put("digest", digest);
            }
            if (wave != null) {
                body.put("wave", wave);
            }
        }
    }

    @Command(footer = "  skein rollout retry --database pg-1/acme")
    private static final class RetryCommand extends RolloutVerbCommand {
        @Mixin private DatabasesOption databases;

        RetryCommand(RolloutVerb verb) {
            super(verb);
        }

        @Override
        void fill(ObjectNode body) {
            databases.putInto(body);
        }
    }

    @Command(footer = "  skein rollout skip --database pg-1/acme --reason leaving")
    private static final class SkipCommand extends RolloutVerbCommand {
        @Option(
                names = DatabasesOption.NAME,
                paramLabel = DatabasesOption.LABEL,
                required = true,
                description = DatabasesOption.DESCRIPTION)
        private List<String> databases = List.of();

        SkipCommand(RolloutVerb verb) {
            super(verb);
        }

        @Override
        void fill(ObjectNode body) {
            DatabasesOption.put(body, databases);
        }
    }

    @Command(footer = "  skein rollout rollback --wave canary")
    private static final class RollbackCommand extends RolloutVerbCommand {
        @ArgGroup(multiplicity = "1")
        private RollbackScopeOption scope = new RollbackScopeOption();

        @Option(
                names = "--to",
                paramLabel = "VERSION",
                description = {
                    "Undo what is above this version, whoever applied it; 'none' for all.",
                    "Default: what this rollout applied."
                })
        private String to;

        @Option(
                names = "--as-far-as-possible",
                description = "Stop before the first migration without a down, and end well.")
        private boolean asFarAsPossible;

        @Option(
                names = "--accept-irreversible",
                paramLabel = "MIGRATION",
                description = {
                    "Pass over this migration without a down; what it made stays.",
                    "By its version or file; may be repeated."
                })
        private List<String> accepted = List.of();

        @Mixin private DryRunOption dryRun;

        RollbackCommand(RolloutVerb verb) {
            super(verb);
        }

        @Override
        BiFunction<JsonNode, Columns, String> text() {
            return dryRun.isAsked() ? DryRunText::of : super.text();
        }

        @Override
        void fill(ObjectNode body) {
            DatabasesOption.put(body, scope.databases);
            if (scope.wave != null) {
                body.put("wave", scope.wave);
            }
            if (scope.all) {
                body.put("all", true);
            }
            if (to != null) {
                body.put("to", to);
            }
            if (asFarAsPossible) {
                body.put("asFarAsPossible", true);
            }
            AcceptedMigrations.put(body, accepted);
            dryRun.putInto(body);
        }

        /** How much is rolled back: exactly one of these. */
        static final class RollbackScopeOption {
            @Option(
                    names = DatabasesOption.NAME,
                    paramLabel = DatabasesOption.LABEL,
                    required = true,
                    description = DatabasesOption.DESCRIPTION)
            private List<String> databases = List.of();

            @Option(
                    names = "--wave",
                    paramLabel = "NAME",
                    required = true,
                    description = "All databases of this wave.")
            private String wave;

            @Option(names = "--all", required = true, description = "All databases.")
            private boolean all;
        }
    }
}
