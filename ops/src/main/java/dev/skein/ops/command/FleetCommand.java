package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.client.SkeinClient;
import dev.skein.ops.render.FleetText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skein fleet}: who is where. */
@Command(
        name = "fleet",
        description = "Counts by version, state, agent and label; --databases lists each one.",
        mixinStandardHelpOptions = true,
        subcommands = FleetAdoptCommand.class)
final class FleetCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private OutputOption output;

    @Option(names = "--databases", description = "List the databases.")
    private boolean databases;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "Only with this label.")
    private String label;

    @Option(names = "--db-version", paramLabel = "VERSION", description = "Only at this version.")
    private String version;

    @Option(names = "--state", paramLabel = "STATE", description = "Only in this state.")
    private String state;

    @Override
    public Integer call() {
        SkeinClient client = server.client();
        boolean filtered = label != null || version != null || state != null;
        if (databases || filtered) {
            String query =
                    new QueryString()
                            .with("label", label)
                            .with("version", version)
                            .with("state", state)
                            .toString();
            JsonNode list = Pages.all(client, "/databases", query);
            output.print(spec.commandLine().getOut(), list, FleetText::databases);
        } else {
            output.print(spec.commandLine().getOut(), client.get("/fleet"), FleetText::fleet);
        }
        return ExitCodes.DONE;
    }
}
