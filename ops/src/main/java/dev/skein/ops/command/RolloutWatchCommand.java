package dev.skein.ops.command;

import dev.skein.ops.client.SkeinClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skein rollout watch}: a live picture in a terminal, plain lines elsewhere. */
@Command(
        name = "watch",
        description = "Watch a rollout until it ends: a live picture in a terminal, else lines.",
        footer = "  skein rollout watch",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the rollout completed, or was rolled back as asked, and no database failed",
            "1:it ended otherwise, or waits for databases that no agent announces, or needs a"
                    + " person (with --exit-when-waiting)"
        })
final class RolloutWatchCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private RolloutParameter rollout;
    @Mixin private ServerOptions server;

    @Option(
            names = "--exit-when-waiting",
            description = "End with code 1 when it is paused or waits for an approval.")
    private boolean exitWhenWaiting;

    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        SkeinClient client = server.client();
        String id = rollout.id(client);
        RolloutWatcher watching =
                RolloutWatcher.of(client, output.isJson(), spec.commandLine().getOut());
        return exitWhenWaiting ? watching.untilItNeedsAPerson(id) : watching.untilItEnds(id);
    }
}
