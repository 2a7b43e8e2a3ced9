package dev.skein.ops.command;

import dev.skein.ops.render.RolloutText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code skein rollout list}: all rollouts, newest first. */
@Command(
        name = "list",
        description = "All rollouts, newest first.",
        footer = "  skein rollout list",
        mixinStandardHelpOptions = true)
final class RolloutListCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        output.printFitted(
                spec.commandLine().getOut(),
                Pages.all(server.client(), "/rollouts", ""),
                RolloutText::list);
        return ExitCodes.DONE;
    }
}
