package dev.skein.ops.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.client.ServerRefused;
import dev.skein.ops.client.ServerUnreachable;
import dev.skein.ops.client.SkeinClient;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.settings.SettingsFile;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A person with the HTTP API of one orchestrator, who asks again while it cannot answer. */
final class ChaosOperator {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(120);

    private final SkeinClient client;

    ChaosOperator(String url) {
        client = new SkeinClient(URI.create(url), Optional.empty());
    }

    JsonNode get(String path) {
        return answer("GET " + path, each -> each.get(path));
    }

    /** Publishes a plan and opens a rollout of it. */
    String open(Plan plan, String strategy) {
        return open(plan, strategy, RolloutPurpose.MIGRATE);
    }

    /** Publishes a plan and takes the fleet over with it. */
    String adopt(Plan plan, String strategy) {
        return open(plan, strategy, RolloutPurpose.ADOPT);
    }

    private String open(Plan plan, String strategy, RolloutPurpose purpose) {
        ObjectNode publish = Json.mapper().createObjectNode().put("name", "billing");
        publish.set("plan", Json.tree(plan));
        String id = post("/plans", publish).path("id").asText();
        ObjectNode open = Json.mapper().createObjectNode().put("plan", id);
        open.put("purpose", purpose.label());
        open.set("strategy", SettingsFile.parse("strategy", strategy));
        return post("/rollouts", open).path("id").asText();
    }

    JsonNode post(String path, JsonNode body) {
        return answer("POST " + path, each -> each.post(path, body));
    }

    private JsonNode answer(String what, Function<SkeinClient, JsonNode> call) {
        JsonNode[] answer = new JsonNode[1];
        Waiting.until(
                "an answer to " + what,
                ANSWER_MAX,
                () -> {
                    answer[0] = tried(call);
                    return answer[0] != null;
                });
        return answer[0];
    }

    /** Nothing while there is no leader, or nobody who answers. */
    private JsonNode tried(Function<SkeinClient, JsonNode> call) {
        try {
            return call.apply(client);
        } catch (ServerUnreachable away) {
            return null;
        } catch (ServerRefused refused) {
            if (refused.isCallersFault()) {
                throw refused;
            }
            return null;
        }
    }

    void awaitDatabases(int databases) {
        Waiting.until(
                databases + " databases in the fleet",
                ANSWER_MAX,
                () -> get("/fleet").path("databases").asInt() == databases);
    }

    void awaitPhase(String rollout, String phase, Duration max) {
        awaitPhase(rollout, phase, max, () -> "");
    }

    /**
     * @param said what the processes said, for whoever reads why it never came to that
     */
    void awaitPhase(String rollout, String phase, Duration max, Supplier<String> said) {
        String path = "/rollouts/" + rollout;
        Waiting.until(
                () ->
                        "rollout %s %s; it reads %s%n%s"
                                .formatted(rollout, phase, get(path), said.get()),
                max,
                () -> get(path).path("phase").asText().equals(phase));
    }
}
