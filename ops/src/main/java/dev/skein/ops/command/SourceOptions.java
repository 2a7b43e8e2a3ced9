package dev.skein.ops.command;

import dev.skein.ops.build.PlanSources;
import dev.skein.ops.source.Delegation;
import dev.skein.ops.source.Recording;
import dev.skein.ops.source.SourceOption;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.source.Variables;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.GapRule;
import dev.skein.protocol.plan.VersionTableName;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * What a directory of migrations does not say, as options; each means something to some formats.
 */
final class SourceOptions {
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--version-table",
            paramLabel = "[SCHEMA.]TABLE",
            description = "The framework's version table, where it is not the default one.")
    private String versionTable;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "flyway: flyway.conf or flyway.toml; alembic: alembic.ini; knex: the knexfile."
                            + " Found in DIR where it has its usual name.")
    private Path config;

    @Option(
            names = "--location",
            paramLabel = "DIR",
            description = "flyway, knex: one more directory of migrations; may be repeated.")
    private List<Path> locations = List.of();

    @Option(
            names = "--placeholder",
            paramLabel = "NAME=VALUE",
            description = "flyway: a placeholder's value, the same in every database.")
    private Map<String, String> placeholders = new LinkedHashMap<>();

    @Option(
            names = "--placeholder-label",
            paramLabel = "NAME=LABEL",
            description = "flyway: the database's label that is the placeholder's value there.")
    private Map<String, String> placeholderLabels = new LinkedHashMap<>();

    @Option(
            names = "--out-of-order",
            description = "flyway: also apply what is missing below an applied version.")
    private boolean outOfOrder;

    @Option(
            names = "--leave-out",
            paramLabel = "MIGRATION",
            description =
                    "flyway, knex, prisma: a migration that the plan does not carry, such as one in"
                            + " Java, or one that is applied and was edited or deleted: V12, or its"
                            + " name; may be repeated.")
    private Set<String> leftOut = new TreeSet<>();

    @Option(
            names = "-x",
            paramLabel = "NAME=VALUE",
            description = "alembic: an argument for env.py.")
    private Map<String, String> arguments = new LinkedHashMap<>();

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "alembic: the section of the ini file; knex: that of the knexfile.")
    private String environment;

    @Option(
            names = "--program",
            paramLabel = "FILE",
            description = "alembic: the Python that has Alembic; knex: the Node that runs Knex.")
    private String program;

    @Option(
            names = "--accept",
            paramLabel = "MIGRATION",
            description =
                    "alembic, knex: take this migration as recorded, though its SQL is not the same"
                            + " twice; may be repeated.")
    private Set<String> accepted = new TreeSet<>();

    @Option(
            names = "--delegate",
            paramLabel = "MIGRATION[=FILE]",
            description =
                    "alembic, knex, flyway: have the framework itself run this migration in each"
                            + " database, by the runner beside its agent; 'auto' takes whatever"
                            + " would need --accept, and what is in Java; may be repeated."
                            + " prisma: have the program in its directory, or FILE, run behind its"
                            + " script; 'auto' takes all.")
    private Set<String> delegated = new TreeSet<>();

    @Option(
            names = "--runner",
            paramLabel = "NAME",
            description =
                    "alembic, knex, flyway, prisma: the runner of what is delegated, as the agents'"
                            + " files name it; the name of DIR, in lower case and with dashes,"
                            + " where it is not given.")
    private String runner;

    @Mixin private ScratchOptions scratch;

    /**
     * The settings that the options make.
     *
     * @throws CommandFailed if an option means nothing to that format
     */
    SourceSettings settings(Framework framework) {
        refuseMeaningless(framework);
        Map<String, String> values = new LinkedHashMap<>(placeholders);
        values.putAll(arguments);
        return new SourceSettings(
                Optional.ofNullable(versionTable).map(SourceOptions::tableName),
                Optional.ofNullable(config),
                locations,
                outOfOrder ? Optional.of(GapRule.FILLED) : Optional.empty(),
                new Variables(values, placeholderLabels),
                new Recording(
                        Optional.ofNullable(program),
                        Optional.ofNullable(environment),
                        accepted,
                        scratch.address(),
                        new Delegation(delegated, Optional.ofNullable(runner))),
                leftOut);
    }

    private void refuseMeaningless(Framework framework) {
        Set<SourceOption> meant = PlanSources.of(framework).options();
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            String flag = option.longestName();
            if (SourceOption.of(flag).filter(each -> !meant.contains(each)).isPresent()) {
                throw CommandFailed.usage(
                        flag
                                + " means nothing to the format "
                                + framework.label()
                                + "; leave it out");
            }
        }
    }

    private static VersionTableName tableName(String text) {
        int dot = text.indexOf('.');
        return dot < 0
                ? new VersionTableName(Optional.empty(), text)
                : new VersionTableName(
                        Optional.of(text.substring(0, dot)), text.substring(dot + 1));
    }
}
