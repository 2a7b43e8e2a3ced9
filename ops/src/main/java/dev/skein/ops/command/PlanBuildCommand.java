package dev.skein.ops.command;

import dev.skein.ops.build.PlanSources;
import dev.skein.ops.render.PlanText;
import dev.skein.protocol.Labelled;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            description = "sql, flyway, alembic, prisma or knex.")
    private String format;

    @Option(
            names = {"-o", "--output-file"},
            paramLabel = "FILE",
            required = true,
            description = "Where the plan is written.")
    private Path file;

    @Mixin private SourceOptions source;

    @Override
    public Integer call() {
        Framework framework = framework();
        Plan plan = PlanSources.of(framework).read(directory, source.settings(framework));
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
}
