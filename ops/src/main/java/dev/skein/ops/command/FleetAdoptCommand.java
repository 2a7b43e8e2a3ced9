package dev.skein.ops.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.client.SkeinClient;
import dev.skein.ops.render.AdoptionText;
import dev.skein.protocol.event.DeclaredVersion;
import dev.skein.protocol.settings.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skein fleet adopt}: takes over databases that a framework already manages. */
@Command(
        name = "adopt",
        description = {
            "Compare databases that a framework already manages with a plan, and group them by what"
                    + " is recorded there.",
            "Nothing is written to any of them without --confirm. With it, each database that"
                    + " agrees with the plan gets a ledger, so that its version is known from then"
                    + " on; its schema and the framework's tables stay as they are.",
        },
        footer = {
            "  skein fleet adopt --plan billing.json --label tier=free",
            "  skein fleet adopt --plan billing.json --at 0002 --database pg-1/acme --confirm",
        },
        mixinStandardHelpOptions = true)
final class FleetAdoptCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private OutputOption output;

    @Option(
            names = "--plan",
            paramLabel = "ID|FILE",
            required = true,
            description = "A published plan's id (8 digits or more), or a plan file to publish.")
    private String plan;

    @Mixin private LabelsOption labels;
    @Mixin private DatabasesOption databases;

    /** What --label was called here. */
    @Option(names = "--select", paramLabel = "KEY=VALUE", hidden = true)
    private Map<String, String> selected = new LinkedHashMap<>();

    /** What --database was called here. */
    @Option(names = "--databases", paramLabel = "ID", split = ",", hidden = true)
    private List<String> named = List.of();

    @Option(
            names = "--at",
            paramLabel = "VERSION",
            description = {
                "The version at which they are, where nothing in them says so: no ledger, and no"
                        + " version table. Each one's schema must be what the plan's rehearsal had"
                        + " at that version."
            })
    private String at;

    @Option(
            names = "--unproven",
            description =
                    "Take that on your word where no rehearsal proves it. What contradicts it is"
                            + " refused all the same.")
    private boolean unproven;

    @Option(names = "--confirm", description = "Adopt those that agree with the plan.")
    private boolean confirm;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "15m",
            description =
                    "How long databases out of reach are waited for (default: ${DEFAULT-VALUE}).")
    private String patience;

    @Override
    public Integer call() {
        Duration wait = patience();
        if (unproven && at == null) {
            throw CommandFailed.usage("--unproven: needs --at VERSION, which it is about");
        }
        SkeinClient client = server.client();
        String id = PlanFile.published(client, plan);
        Adoption adoption = new Adoption(client, id, strategy(), declared(), wait);
        ObjectNode found = adoption.survey();
        found.set("plan", ((ObjectNode) client.get("/plans/" + id)).without("content"));
        boolean whole = found.path("unread").isEmpty();
        if (confirm) {
            adoption.adopt(found);
            whole &= found.path("refused").isEmpty();
        }
        output.print(spec.commandLine().getOut(), found, AdoptionText::of);
        return whole ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private Optional<DeclaredVersion> declared() {
        return Optional.ofNullable(at).map(version -> new DeclaredVersion(version, unproven));
    }

    private ObjectNode strategy() {
        Map<String, String> all = new LinkedHashMap<>(selected);
        all.putAll(labels.values());
        List<String> ids = new ArrayList<>(named);
        ids.addAll(databases.ids());
        return Adoption.strategy(all, ids);
    }

    private Duration patience() {
        try {
            return Durations.parse(patience);
        } catch (IllegalArgumentException malformed) {
            throw CommandFailed.usage("--wait: " + malformed.getMessage());
        }
    }
}
