package dev.skein.ops.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command line; alone it prints what there is. */
@Command(
        name = "skein",
        description = "Moves the schema of a whole fleet of tenant databases, in waves.",
        footer = "  skein demo --exit",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the operation failed",
            "2:wrong use or configuration; nothing was attempted",
            "3:refused: the state of what is named does not allow it now; nothing was done"
        },
        subcommands = {
            DemoCommand.class,
            StandaloneCommand.class,
            ConfigCommand.class,
            OrchestratorCommand.class,
            AgentCommand.class,
            PlanCommand.class,
            RolloutCommand.class,
            FleetCommand.class,
            DatabaseCommand.class,
            AgentsCommand.class,
            LogCommand.class,
            HelpOnCommand.class
        })
public final class SkeinCommand implements Runnable {
    @Spec private CommandSpec spec;

    /** The whole command line, ready to execute; it prints to the process's streams. */
    public static CommandLine commandLine() {
        CommandLine line =
                new CommandLine(new SkeinCommand())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setUsageHelpAutoWidth(true)
                        .setExecutionExceptionHandler(new CommandFailureHandler());
        return CommandHelp.withGroupsAndExamples(line);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
