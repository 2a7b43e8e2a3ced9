package dev.skein.ops.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skein rollout …}: carry a plan to the fleet, and steer it on the way. */
@Command(
        name = "rollout",
        description = "Open a rollout, look at it, steer it.",
        footer = "  skein rollout open --plan billing.json --strategy strategy.yaml",
        mixinStandardHelpOptions = true,
        subcommands = {
            RolloutOpenCommand.class,
            RolloutListCommand.class,
            RolloutStatusCommand.class,
            RolloutWatchCommand.class
        },
        modelTransformer = RolloutVerbCommands.class)
final class RolloutCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which verb? For example: rollout status");
    }
}
