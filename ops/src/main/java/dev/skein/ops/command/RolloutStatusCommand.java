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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skein rollout status}: where a rollout is, and why it is there. */
@Command(
        name = "status",
        description = "Where a rollout is, and what it waits for.",
        mixinStandardHelpOptions = true)
final class RolloutStatusCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private OutputOption output;

    @Parameters(
            arity = "0..1",
            paramLabel = "ROLLOUT",
            defaultValue = "latest",
            description = "The rollout's id (default: the latest)")
    private String rollout;

    @Option(names = "--databases", description = "List its databases.")
    private boolean databases;

    @Option(names = "--state", paramLabel = "STATE", description = "Only those in this state.")
    private String state;

    @Option(names = "--wave", paramLabel = "NAME", description = "Only those of this wave.")
    private String wave;

    @Override
    public Integer call() {
        SkeinClient client = server.client();
        String path = "/rollouts/" + Paths.part(Latest.resolve(client, rollout));
        JsonNode shown = client.get(path);
        if (databases || state != null || wave != null) {
            String query = new QueryString().with("state", state).with("wave", wave).toString();
            JsonNode items = Pages.all(client, path + "/databases", query).path("items");
            ((ObjectNode) shown).set("databaseList", items);
        }
        output.print(spec.commandLine().getOut(), shown, RolloutText::status);
        return ExitCodes.DONE;
    }
}
