package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.client.SkeinClient;
import dev.skein.ops.render.DryRunText;
import dev.skein.ops.render.RolloutText;
import dev.skein.protocol.settings.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skein rollout open}: starts carrying a plan to the fleet. */
@Command(
        name = "open",
        description = "Open a rollout: its first wave starts at once.",
        footer = "  skein rollout open --plan billing.json --strategy strategy.yaml",
        mixinStandardHelpOptions = true)
final class RolloutOpenCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private OutputOption output;

    @Option(
            names = "--plan",
            paramLabel = "ID|FILE",
            required = true,
            description = "A published plan's id (8 digits or more), or a plan file to publish.")
    private String plan;

    @Option(
            names = "--strategy",
            paramLabel = "FILE",
            required = true,
            description = "The waves and their limits, as YAML.")
    private Path strategy;

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            description = {
                "Bring each database to this version, forward or backward, whoever applied",
                "what is there; 'none' for the state before the first migration.",
                "Default: the end of the plan."
            })
    private String to;

    @Option(
            names = "--accept-irreversible",
            paramLabel = "MIGRATION",
            description = {
                "With --to: pass over this migration without a down; what it made stays.",
                "By its version or file; may be repeated."
            })
    private List<String> accepted = List.of();

    @Mixin private DryRunOption dryRun;

    @Option(names = "--watch", description = "Watch it until it ends or needs a person.")
    private boolean watch;

    @Override
    public Integer call() {
        JsonNode waves = SettingsFile.read(strategy);
        SkeinClient client = server.client();
        String id = dryRun.isAsked() ? PlanFile.identified(plan) : PlanFile.published(client, plan);
        ObjectNode body = Caller.body().put("plan", id);
        body.set("strategy", waves);
        if (to != null) {
            body.put("to", to);
        }
        AcceptedMigrations.put(body, accepted);
        dryRun.putInto(body);
        JsonNode opened = client.post("/rollouts", body);
        if (dryRun.isAsked()) {
            output.printFitted(spec.commandLine().getOut(), opened, DryRunText::of);
            return ExitCodes.DONE;
        }
        output.printFitted(spec.commandLine().getOut(), opened, RolloutText::status);
        return watch
                ? RolloutWatcher.of(client, spec.commandLine().getOut())
                        .untilItNeedsAPerson(opened.path("id").asText())
                : ExitCodes.DONE;
    }
}
