package dev.skein.ops.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.client.SkeinClient;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/** The HTTP API as the demo's person uses it: asks, and waits for what must come. */
final class DemoFleet {
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration ROLLOUT_MAX = Duration.ofMinutes(10);

    private final SkeinClient client;

    DemoFleet(SkeinClient client) {
        this.client = client;
    }

    void awaitDatabases(int databases, Duration max) {
        await(
                "/fleet",
                max,
                fleet -> fleet.path("databases").asInt() >= databases,
                databases + " databases in the fleet");
    }

    JsonNode publish(String name, Plan plan, String by) {
        ObjectNode body = Json.mapper().createObjectNode().put("name", name).put("by", by);
        body.set("plan", Json.tree(plan));
        return client.post("/plans", body);
    }

    JsonNode open(String plan, JsonNode strategy, String by) {
        ObjectNode body = Json.mapper().createObjectNode().put("plan", plan).put("by", by);
        body.set("strategy", strategy);
        return client.post("/rollouts", body);
    }

    void verb(String rollout, String verb, ObjectNode body) {
        client.post("/rollouts/" + rollout + "/" + verb, body);
    }

    JsonNode await(String rollout, String phase) {
        return await(
                "/rollouts/" + rollout,
                ROLLOUT_MAX,
                each ->
                        each.path("phase").asText().equals(phase)
                                && !each.path("pause").path("state").asText().equals("draining"),
                "phase " + phase);
    }

    /** Waits until all databases of a wave have been taken into one state. */
    JsonNode awaitCount(String rollout, String state, String wave) {
        return await(
                "/rollouts/" + rollout,
                ROLLOUT_MAX,
                each ->
                        all(each.path("waves"), state, wave)
                                && !each.path("phase").asText().equals("rolling-back"),
                "wave " + wave + " " + state);
    }

    private static boolean all(JsonNode waves, String state, String wave) {
        for (JsonNode each : waves) {
            if (each.path("name").asText().equals(wave)) {
                int databases = each.path("databases").asInt();
                return each.path("counts").path(state).asInt() == databases;
            }
        }
        return false;
    }

    private JsonNode await(String path, Duration max, Predicate<JsonNode> reached, String what) {
        Instant end = Instant.now().plus(max);
        JsonNode last = client.get(path);
        while (!reached.test(last)) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException(
                        "waited " + max.toSeconds() + " s for " + what + "; it reads: " + last);
            }
            pause();
            last = client.get(path);
        }
        return last;
    }

    private static void pause() {
        try {
            Thread.sleep(INTERVAL.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the demo was interrupted", interrupted);
        }
    }
}
