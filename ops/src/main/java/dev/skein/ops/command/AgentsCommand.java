package dev.skein.ops.command;

import dev.skein.ops.render.FleetText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code skein agents}: who works beside the databases, and who has fallen silent. */
@Command(
        name = "agents",
        description = "The agents, their servers, and who has fallen silent.",
        footer = "  skein agents",
        mixinStandardHelpOptions = true)
final class AgentsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        output.printFitted(
                spec.commandLine().getOut(),
                Pages.all(server.client(), "/agents", ""),
                FleetText::agents);
        return ExitCodes.DONE;
    }
}
