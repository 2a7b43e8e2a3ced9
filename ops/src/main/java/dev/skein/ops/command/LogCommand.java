package dev.skein.ops.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skein log …}: looks at the log itself, where no server can. */
@Command(
        name = "log",
        description = "Look at the log itself, and pass over a record that stops every reader.",
        footer = "  skein log inspect --config orchestrator.yaml",
        mixinStandardHelpOptions = true,
        subcommands = {LogInspectCommand.class, LogSkipCommand.class})
final class LogCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "log inspect or skip?");
    }
}
