package dev.skein.ops.command;

import dev.skein.agent.config.AgentConfig;
import dev.skein.ops.run.AgentProcess;
import dev.skein.ops.run.Lifecycle;
import dev.skein.protocol.settings.SettingsFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skein agent}: the deployed process beside the databases. */
@Command(
        name = "agent",
        description = "Run an agent beside your databases, over your Kafka.",
        footer = "  skein agent --config agent.yaml",
        mixinStandardHelpOptions = true,
        subcommands = AgentGrantsCommand.class)
final class AgentCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    /** Not required by the parser, which would ask for it before a subcommand too. */
    @Option(names = "--config", paramLabel = "FILE", description = "YAML; to run an agent.")
    private Path config;

    @Override
    public Integer call() {
        if (config == null) {
            throw new ParameterException(
                    spec.commandLine(), "Missing required option: '--config=FILE'");
        }
        AgentConfig read = SettingsFile.read(config, System.getenv(), AgentConfig::read);
        return ProcessRunner.run(lifecycle -> serve(lifecycle, read));
    }

    private int serve(Lifecycle lifecycle, AgentConfig read) {
        AgentProcess.start(lifecycle, read);
        spec.commandLine().getOut().println("agent " + read.agent() + " is at work");
        spec.commandLine().getOut().flush();
        lifecycle.untilTold();
        return ExitCodes.DONE;
    }
}
