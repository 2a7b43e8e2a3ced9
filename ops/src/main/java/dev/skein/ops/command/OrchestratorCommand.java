package dev.skein.ops.command;

import dev.skein.ops.run.Lifecycle;
import dev.skein.ops.run.OrchestratorProcess;
import dev.skein.orchestrator.config.OrchestratorConfig;
import dev.skein.protocol.settings.SettingsFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skein orchestrator}: the deployed process that decides. */
@Command(
        name = "orchestrator",
        description = "Run an orchestrator over your Kafka; at least two may run.",
        footer = "  skein orchestrator --config orchestrator.yaml",
        mixinStandardHelpOptions = true)
final class OrchestratorCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "YAML.")
    private Path config;

    @Override
    public Integer call() {
        OrchestratorConfig read =
                SettingsFile.read(config, System.getenv(), OrchestratorConfig::read);
        return ProcessRunner.run(lifecycle -> serve(lifecycle, read));
    }

    private int serve(Lifecycle lifecycle, OrchestratorConfig read) {
        OrchestratorProcess process = OrchestratorProcess.start(lifecycle, read);
        spec.commandLine().getOut().println("orchestrator answers at " + process.url());
        spec.commandLine().getOut().flush();
        lifecycle.untilTold();
        return ExitCodes.DONE;
    }
}
