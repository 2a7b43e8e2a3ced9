package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.client.SkeinClient;
import dev.skein.ops.render.RolloutText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skein rollout status}: where a rollout is, and why it is there. */
@Command(
        name = "status",
        description = "Where a rollout is, and what it waits for.",
        footer = "  skein rollout status --databases --state failed",
        mixinStandardHelpOptions = true)
final class RolloutStatusCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private RolloutParameter rollout;
    @Mixin private ServerOptions server;
    @Mixin private OutputOption output;

    @Option(names = "--databases", description = "List its databases.")
    private boolean databases;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            completionCandidates = Choices.States.class,
            description = "Only databases in this state: ${COMPLETION-CANDIDATES}.")
    private String state;

    @Option(names = "--wave", paramLabel = "NAME", description = "Only databases of this wave.")
    private String wave;

    @Override
    public Integer call() {
        SkeinClient client = server.client();
        String path = "/rollouts/" + Paths.part(rollout.id(client));
        JsonNode shown = client.get(path);
        if (databases || state != null || wave != null) {
            String query = new QueryString().with("state", state).with("wave", wave).toString();
            JsonNode items = Pages.all(client, path + "/databases", query).path("items");
            ((ObjectNode) shown).set("databaseList", items);
        }
        output.printFitted(spec.commandLine().getOut(), shown, RolloutText::status);
        return ExitCodes.DONE;
    }
}
