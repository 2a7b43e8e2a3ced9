package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.client.SkeinClient;
import dev.skein.ops.render.RepairText;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.id.DatabaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skein database repair ID}: mends what keeps a failed database from going on. */
@Command(
        name = "repair",
        description = {
            "Mend a failed database and order it once more.",
            "Without an option the framework's own books are mended: a failed or unfinished row,"
                    + " a lock that nobody holds any more. See what the failure left behind first.",
            "Where they lack migrations that the ledger has, they are taken as right.",
        },
        footer = "  skein database repair pg-1/acme",
        mixinStandardHelpOptions = true)
final class DatabaseRepairCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Set<String> FAILED = Set.of("failed", "rollback-failed", "irreversible");
    private static final String LOCKED = "locked";

    /** An adoption that failed changed nothing; what it found is mended in a rollout. */
    private static final Set<String> ADOPTION =
            Set.of("differs-from-plan", "version-contradicted", "version-unproven");

    private static final Set<String> ENDED_WELL =
            Set.of("applied", "rolled-back", "nothing-to-undo", "skipped");

    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private OutputOption output;

    @Parameters(paramLabel = "ID", description = "SERVER/DATABASE or SERVER/DATABASE/SCHEMA")
    private String id;

    @Option(
            names = "--rollout",
            paramLabel = "ROLLOUT",
            description = "Default: the latest in which the database has failed.")
    private String rollout;

    @ArgGroup private Repaired repaired;

    /** What is repaired instead of the framework's books: one of these. */
    static final class Repaired {
        @Option(
                names = "--step-done",
                required = true,
                description = "The interrupted step took effect: record it and go on behind it.")
        private boolean done;

        @Option(
                names = "--step-not-done",
                required = true,
                description = "The interrupted step left nothing behind: run it again.")
        private boolean notDone;

        @Option(
                names = "--ledger",
                required = true,
                description =
                        "The ledger obeys another log, as after a new data directory: take it, and"
                                + " all that it reports, into this one.")
        private boolean ledger;
    }

    @Override
    public Integer call() {
        DatabaseId database = DatabaseCommand.parsed(id);
        SkeinClient client = server.client();
        String of =
                rollout == null
                        ? latest(client, database)
                        : RolloutParameter.resolve(client, rollout);
        ObjectNode body = Caller.body().put("repair", repair().label());
        body.putArray("databases").add(database.toString());
        JsonNode asked = client.post("/rollouts/" + Paths.part(of) + "/repair", body);
        ObjectNode outcome = outcome(client, database, of);
        outcome.put("repair", repair().label()).put("message", asked.path("message").asText());
        output.print(spec.commandLine().getOut(), outcome, RepairText::outcome);
        return FAILED.contains(outcome.path("state").asText()) ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private Repair repair() {
        if (repaired == null) {
            return Repair.BOOKS;
        }
        if (repaired.ledger) {
            return Repair.LEDGER;
        }
        return repaired.done ? Repair.STEP_DONE : Repair.STEP_NOT_DONE;
    }

    private static String latest(SkeinClient client, DatabaseId database) {
        JsonNode rollouts = client.get("/databases/" + Paths.of(database)).path("rollouts");
        return StreamSupport.stream(rollouts.spliterator(), false)
                .filter(DatabaseRepairCommand::needsMending)
                .max(Comparator.comparing(each -> each.path("orderedAt").asText()))
                .map(each -> each.path("rollout").asText())
                .orElseThrow(
                        () ->
                                CommandFailed.refused(
                                        "database "
                                                + database
                                                + " has failed in no rollout; there is nothing to"
                                                + " repair"));
    }

    private static boolean needsMending(JsonNode standing) {
        String code = standing.path("code").asText();
        boolean shutOut = code.equals(LOCKED);
        return shutOut
                || FAILED.contains(standing.path("state").asText()) && !ADOPTION.contains(code);
    }

    /** Waits for the end of the new order, but not for a rollout that is held by a person. */
    private static ObjectNode outcome(SkeinClient client, DatabaseId database, String rollout) {
        Instant end = Instant.now().plus(PATIENCE);
        ObjectNode standing = standing(client, database, rollout);
        while (!isEnd(standing) && !isHeld(client, rollout) && Instant.now().isBefore(end)) {
            try {
                Thread.sleep(INTERVAL.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return standing;
            }
            standing = standing(client, database, rollout);
        }
        return standing;
    }

    private static boolean isEnd(JsonNode standing) {
        String state = standing.path("state").asText();
        return FAILED.contains(state) || ENDED_WELL.contains(state);
    }

    private static boolean isHeld(SkeinClient client, String rollout) {
        JsonNode shown = client.get("/rollouts/" + Paths.part(rollout));
        return shown.path("phase").asText().equals("paused");
    }

    private static ObjectNode standing(SkeinClient client, DatabaseId database, String rollout) {
        JsonNode rollouts = client.get("/databases/" + Paths.of(database)).path("rollouts");
        ObjectNode standing =
                StreamSupport.stream(rollouts.spliterator(), false)
                        .filter(each -> each.path("rollout").asText().equals(rollout))
                        .findFirst()
                        .map(each -> (ObjectNode) each)
                        .orElseThrow(
                                () ->
                                        CommandFailed.operation(
                                                "rollout "
                                                        + rollout
                                                        + " no longer has "
                                                        + database));
        return standing.put("database", database.toString());
    }
}
