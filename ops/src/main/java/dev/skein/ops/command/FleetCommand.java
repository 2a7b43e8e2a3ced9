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
        description =
                "Counts by version, state, agent and label; a list of databases with --databases,"
                        + " or where some are chosen.",
        footer = "  skein fleet --label tier=free --state failed",
        mixinStandardHelpOptions = true,
        subcommands = FleetAdoptCommand.class)
final class FleetCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private OutputOption output;

    @Option(names = "--databases", description = "List the databases.")
    private boolean databases;

    @Mixin private LabelsOption labels;

    @Option(
            names = "--db-version",
            paramLabel = "VERSION",
            description = "Only databases at this version.")
    private String version;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            completionCandidates = Choices.StatesOrNone.class,
            description = "Only databases in this state: ${COMPLETION-CANDIDATES}.")
    private String state;

    @Override
    public Integer call() {
        SkeinClient client = server.client();
        boolean filtered = !labels.texts().isEmpty() || version != null || state != null;
        if (databases || filtered) {
            String query =
                    new QueryString()
                            .with("label", labels.texts())
                            .with("version", version)
                            .with("state", state)
                            .toString();
            JsonNode list = Pages.all(client, "/databases", query);
            output.printFitted(spec.commandLine().getOut(), list, FleetText::databases);
        } else {
            output.print(spec.commandLine().getOut(), client.get("/fleet"), FleetText::fleet);
        }
        return ExitCodes.DONE;
    }
}
