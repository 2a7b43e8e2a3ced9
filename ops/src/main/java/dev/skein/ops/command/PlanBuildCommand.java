package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.build.PlanSources;
import dev.skein.ops.downs.DownFindings;
import dev.skein.ops.downs.Downs;
import dev.skein.ops.rehearse.RehearsalFailure;
import dev.skein.ops.rehearse.RehearsalHost;
import dev.skein.ops.rehearse.SampleValues;
import dev.skein.ops.render.PlanText;
import dev.skein.ops.run.Logging;
import dev.skein.ops.scratch.ScratchAddress;
import dev.skein.ops.scratch.ScratchServer;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skein plan build DIR}: reads a directory of migrations and writes a plan file. */
@Command(
        name = "build",
        description = "Read a directory of migrations and write a plan file.",
        footer = "  skein plan build db/migration --format flyway -o billing.json",
        mixinStandardHelpOptions = true)
final class PlanBuildCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The directory with the migrations")
    private Path directory;

    @Option(
            names = "--output-file",
            paramLabel = "FILE",
            description = "Where the plan is written; this or -o is required.")
    private Path outputFile;

    @Option(
            names = "--generate-downs",
            description =
                    "Write the downs that are missing, from what each migration does to the schema"
                            + " of a scratch database; review them.")
    private boolean generateDowns;

    @Mixin private ScratchLabelsOption labels;
    @Mixin private RunnersOption runners;
    @Mixin private WrittenOption written;
    @Mixin private FormatOption format;
    @Mixin private SourceOptions source;
    @Mixin private WidthOption width;

    @Override
    public Integer call() {
        Path file = written.path("--output-file", outputFile).orElseThrow(this::noFile);
        written.requireOneFormat();
        Framework framework = format.framework();
        SourceSettings settings = source.settings(framework);
        Plan plan = PlanSources.of(framework).read(directory, settings);
        Optional<DownFindings> downs =
                generateDowns
                        ? Optional.of(generated(plan, settings.recording().scratch()))
                        : Optional.empty();
        plan = downs.map(DownFindings::plan).orElse(plan);
        PlanFile built = PlanFile.of(file.getFileName().toString(), plan);
        built.write(file);
        JsonNode json = PlanFile.read(file).toJson();
        String text =
                PlanText.plan(json, false, width.columns())
                        + downs.map(each -> "\n" + each.describe()).orElse("")
                        + "\nwritten to "
                        + file;
        written.print(spec.commandLine().getOut(), json, text);
        return ExitCodes.DONE;
    }

    private ParameterException noFile() {
        return new ParameterException(spec.commandLine(), "Missing required option: '-o=FILE'");
    }

    private DownFindings generated(Plan plan, Optional<ScratchAddress> scratch) {
        Logging.onlyErrors();
        try (ScratchServer server = ScratchServer.open(scratch)) {
            SampleValues samples = new SampleValues(labels.values(), Instant.now());
            return new Downs(server, new RehearsalHost(samples, runners.value())).generate(plan);
        } catch (RehearsalFailure failed) {
            throw CommandFailed.operation("no downs are generated: " + failed.getMessage());
        }
    }
}
