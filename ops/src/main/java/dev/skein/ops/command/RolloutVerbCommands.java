package dev.skein.ops.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.render.RolloutText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verbs that steer a rollout: each posts to the API and prints what the rollout reads then. */
final class RolloutVerbCommands {
    private RolloutVerbCommands() {}

    /** What all verbs have: the rollout, a reason, and where the answer goes. */
    abstract static class Verb implements Callable<Integer> {
        @Spec private CommandSpec spec;
        @Mixin private ServerOptions server;
        @Mixin private OutputOption output;

        @Parameters(paramLabel = "ROLLOUT", description = "The rollout's id, or 'latest'")
        private String rollout;

        @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in the log.")
        private String reason;

        @Override
        public Integer call() {
            ObjectNode body = Caller.body();
            if (reason != null) {
                body.put("reason", reason);
            }
            fill(body);
            String id = Latest.resolve(server.client(), rollout);
            output.print(
                    spec.commandLine().getOut(),
                    server.client().post("/rollouts/" + Paths.part(id) + "/" + spec.name(), body),
                    RolloutText::status);
            return ExitCodes.DONE;
        }

        /** Adds what the verb itself needs. */
        void fill(ObjectNode body) {}
    }

    @Command(
            name = "approve",
            description = "Let the next wave start.",
            mixinStandardHelpOptions = true)
    static final class Approve extends Verb {
        @Option(
                names = "--digest",
                paramLabel = "SHA-256",
                description = "The digest you looked at; refused if the rollout has another.")
        private String digest;

        @Option(names = "--wave", paramLabel = "NAME", description = "Default: the one that waits.")
        private String wave;

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

    @Command(
            name = "pause",
            description = "Start no further step until it is resumed.",
            mixinStandardHelpOptions = true)
    static final class Pause extends Verb {}

    @Command(name = "resume", description = "Go on after a pause.", mixinStandardHelpOptions = true)
    static final class Resume extends Verb {}

    @Command(
            name = "promote",
            description = "Skip the rest of the soak.",
            mixinStandardHelpOptions = true)
    static final class Promote extends Verb {}

    @Command(
            name = "retry",
            description = "Order the failed databases once more, all of them or those named.",
            mixinStandardHelpOptions = true)
    static final class Retry extends Verb {
        @Option(
                names = "--database",
                paramLabel = "ID",
                description = "Only this one; may be repeated.")
        private List<String> databases = List.of();

        @Override
        void fill(ObjectNode body) {
            putDatabases(body, databases);
        }
    }

    @Command(
            name = "skip",
            description = "Leave databases out from now on.",
            mixinStandardHelpOptions = true)
    static final class Skip extends Verb {
        @Option(
                names = "--database",
                paramLabel = "ID",
                required = true,
                description = "The database; may be repeated.")
        private List<String> databases = List.of();

        @Override
        void fill(ObjectNode body) {
            putDatabases(body, databases);
        }
    }

    @Command(
            name = "abort",
            description = "Stop for good; what is done stays.",
            mixinStandardHelpOptions = true)
    static final class Abort extends Verb {}

    @Command(
            name = "rollback",
            description = "Take databases back to where the rollout found them.",
            mixinStandardHelpOptions = true)
    static final class Rollback extends Verb {
        @ArgGroup(multiplicity = "1")
        private Scope scope = new Scope();

        @Override
        void fill(ObjectNode body) {
            putDatabases(body, scope.databases);
            if (scope.wave != null) {
                body.put("wave", scope.wave);
            }
            if (scope.all) {
                body.put("all", true);
            }
        }

        /** How much is taken back: exactly one of these. */
        static final class Scope {
            @Option(
                    names = "--database",
                    paramLabel = "ID",
                    required = true,
                    description = "This database; may be repeated.")
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

    private static void putDatabases(ObjectNode body, List<String> databases) {
        if (!databases.isEmpty()) {
            ArrayNode names = body.putArray("databases");
            databases.forEach(names::add);
        }
    }
}
