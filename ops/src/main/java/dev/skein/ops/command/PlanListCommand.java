package dev.skein.ops.command;

import dev.skein.ops.render.PlanText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code skein plan list}: the plans that rollouts can name. */
@Command(
        name = "list",
        description = "The published plans, by id.",
        footer = "  skein plan list",
        mixinStandardHelpOptions = true)
final class PlanListCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        output.printFitted(
                spec.commandLine().getOut(),
                Pages.all(server.client(), "/plans", ""),
                PlanText::list);
        return ExitCodes.DONE;
    }
}
