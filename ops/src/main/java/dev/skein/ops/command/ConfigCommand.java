package dev.skein.ops.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skein config …}: the configuration files of the processes. */
@Command(
        name = "config",
        description = "Configuration files of the processes.",
        footer = "  skein config sample standalone",
        mixinStandardHelpOptions = true,
        subcommands = ConfigSampleCommand.class)
final class ConfigCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "config sample?");
    }
}
