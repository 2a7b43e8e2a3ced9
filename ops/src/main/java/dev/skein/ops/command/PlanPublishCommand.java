package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.client.SkeinClient;
import dev.skein.ops.render.PlanText;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skein plan publish FILE}: writes a plan to the log, where rollouts can name it. */
@Command(
        name = "publish",
        description = "Publish a plan file, so that rollouts can name it.",
        footer = "  skein plan publish billing.json",
        mixinStandardHelpOptions = true)
final class PlanPublishCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private OutputOption output;

    @Parameters(paramLabel = "FILE", description = "A file of 'plan build'")
    private Path file;

    @Option(names = "--name", paramLabel = "TEXT", description = "Default: the file's name.")
    private String name;

    @Override
    public Integer call() {
        JsonNode published = publish(server.client(), PlanFile.read(file), name);
        output.print(spec.commandLine().getOut(), published, PlanText::published);
        return ExitCodes.DONE;
    }

    static JsonNode publish(SkeinClient client, PlanFile plan, String name) {
        ObjectNode body = Caller.body().put("name", name == null ? plan.name() : name);
        body.set("plan", plan.toJson().path("content"));
        return client.post("/plans", body);
    }
}
