package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.client.SkeinClient;
import java.io.PrintWriter;
import picocli.CommandLine.Parameters;

/** Which rollout a command means: by its id, or the one that was opened last. */
final class RolloutParameter {
    private static final String LATEST = "latest";

    @Parameters(
            arity = "0..1",
            paramLabel = "ROLLOUT",
            defaultValue = LATEST,
            description = "The rollout's id (default: the latest)")
    private String rollout;

    /**
     * The rollout's id.
     *
     * @throws CommandFailed if it is asked for the latest and there is none
     */
    String id(SkeinClient client) {
        return resolve(client, rollout);
    }

    /** The rollout's id; a person who left it out is told which one is changed. */
    String idSaidTo(PrintWriter err, SkeinClient client) {
        String id = resolve(client, rollout);
        if (!id.equals(rollout)) {
            err.println("skein: the latest rollout is " + id);
            err.flush();
        }
        return id;
    }

    /** The id of a rollout that may be called the latest. */
    static String resolve(SkeinClient client, String rollout) {
        if (!LATEST.equals(rollout)) {
            return rollout;
        }
        JsonNode newest = client.get("/rollouts?limit=1").path("items").path(0);
        if (newest.isMissingNode()) {
            throw CommandFailed.refused(
                    "there is no rollout yet; open one with 'skein rollout open'");
        }
        return newest.path("id").asText();
    }
}
