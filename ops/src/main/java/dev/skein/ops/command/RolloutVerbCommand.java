package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.client.SkeinClient;
import dev.skein.ops.render.Columns;
import dev.skein.ops.render.RolloutText;
import dev.skein.orchestrator.http.RolloutVerb;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code skein rollout VERB}: posts the verb to the API and prints what the rollout reads then. As
 * it stands it is a verb that takes nothing but a reason; a verb with more extends it.
 */
@Command(mixinStandardHelpOptions = true)
class RolloutVerbCommand implements Callable<Integer> {
    private final RolloutVerb verb;

    @Spec private CommandSpec spec;
    @Mixin private RolloutParameter rollout;
    @Mixin private ServerOptions server;
    @Mixin private OutputOption output;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in the log.")
    private String reason;

    RolloutVerbCommand(RolloutVerb verb) {
        this.verb = verb;
    }

    /** The command under its name, ready to be added to {@code skein rollout}. */
    final CommandSpec described() {
        CommandSpec described = CommandSpec.forAnnotatedObject(this).name(verb.label());
        described.usageMessage().description(verb.summary());
        if (described.usageMessage().footer().length == 0) {
            described.usageMessage().footer("  skein rollout " + verb.label());
        }
        return described;
    }

    @Override
    public final Integer call() {
        ObjectNode body = Caller.body();
        if (reason != null) {
            body.put("reason", reason);
        }
        fill(body);
        SkeinClient client = server.client();
        String id = rollout.idSaidTo(spec.commandLine().getErr(), client);
        output.printFitted(
                spec.commandLine().getOut(),
                client.post("/rollouts/" + Paths.part(id) + "/" + verb.label(), body),
                text());
        return ExitCodes.DONE;
    }

    /** How the answer reads for a person. */
    BiFunction<JsonNode, Columns, String> text() {
        return RolloutText::status;
    }

    /** Adds what the verb itself needs. */
    void fill(ObjectNode body) {}
}
