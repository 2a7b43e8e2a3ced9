package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.client.SkeinClient;

/** Lets a person say 'latest' in place of a rollout's id. */
final class Latest {
    private static final String WORD = "latest";

    private Latest() {}

    /**
     * @throws CommandFailed if it is asked for the latest and there is none
     */
    static String resolve(SkeinClient client, String rollout) {
        if (!WORD.equals(rollout)) {
            return rollout;
        }
        JsonNode newest = client.get("/rollouts?limit=1").path("items").path(0);
        if (newest.isMissingNode()) {
            throw CommandFailed.usage(
                    "there is no rollout yet; open one with 'skein rollout open'");
        }
        return newest.path("id").asText();
    }
}
