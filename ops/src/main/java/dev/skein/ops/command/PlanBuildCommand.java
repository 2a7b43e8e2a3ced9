package dev.skein.ops.command;

import dev.skein.ops.render.PlanText;
import dev.skein.ops.source.PlanSources;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.Labelled;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skein plan build DIR}: reads a directory of migrations and writes a plan file. */
@Command(
        name = "build",
        description = "Read a directory of migrations and write a plan file.",
        mixinStandardHelpOptions = true)
final class PlanBuildCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The directory with the migrations")
    private Path directory;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            required = true,
            description = "sql or flyway.")
    private String format;

    @Option(
            names = {"-o", "--output-file"},
            paramLabel = "FILE",
            required = true,
            description = "Where the plan is written.")
    private Path file;

    @Option(
            names = "--version-table",
            paramLabel = "[SCHEMA.]TABLE",
            description = "The framework's version table, where it is not the default one.")
    private String versionTable;

    @Override
    public Integer call() {
        Plan plan = PlanSources.of(framework()).read(directory, settings());
        PlanFile.of(file.getFileName().toString(), plan).write(file);
        spec.commandLine()
                .getOut()
                .println(
                        PlanText.plan(PlanFile.read(file).toJson(), false)
                                + "\nwritten to "
                                + file);
        return ExitCodes.DONE;
    }

    private Framework framework() {
        return Labelled.of(Framework.class, format)
                .orElseThrow(
                        () ->
                                CommandFailed.usage(
                                        "--format '"
                                                + format
                                                + "' is unknown; choose one of "
                                                + Labelled.choices(Framework.class)));
    }

    private SourceSettings settings() {
        if (versionTable == null) {
            return SourceSettings.defaults();
        }
        int dot = versionTable.indexOf('.');
        return dot < 0
                ? new SourceSettings(Optional.empty(), Optional.of(versionTable))
                : new SourceSettings(
                        Optional.of(versionTable.substring(0, dot)),
                        Optional.of(versionTable.substring(dot + 1)));
    }
}
