package dev.skein.ops.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.client.SkeinClient;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** One rollout as the HTTP API shows it. */
final class Rollout {
    private final SkeinClient client;
    private final String id;

    Rollout(SkeinClient client, String id) {
        this.client = client;
        this.id = id;
    }

    String id() {
        return id;
    }

    JsonNode show() {
        return client.get("/rollouts/" + id);
    }

    /** Waits until it reads so. */
    JsonNode await(String what, Predicate<JsonNode> wanted) {
        return Until.reached(what, this::show, wanted);
    }

    /** Waits for a phase; a pause counts when nothing runs any more. */
    JsonNode awaitPhase(String phase) {
        return await(
                "phase " + phase,
                each ->
                        each.path("phase").asText().equals(phase)
                                && !each.at("/pause/state").asText().equals("draining"));
    }

    JsonNode awaitCompleted() {
        return awaitPhase("completed");
    }

    JsonNode awaitPaused(String cause) {
        JsonNode paused = awaitPhase("paused");
        if (!paused.at("/pause/cause").asText().equals(cause)) {
            throw new AssertionError("paused, but not by " + cause + ": " + paused);
        }
        return paused;
    }

    JsonNode awaitState(Tenant tenant, String state) {
        return awaitTarget(
                tenant, "state " + state, each -> each.path("state").asText().equals(state));
    }

    JsonNode awaitTarget(Tenant tenant, String what, Predicate<JsonNode> wanted) {
        return Until.reached(tenant + ": " + what, () -> target(tenant), wanted);
    }

    /** A person's word; the answer is the rollout after it. */
    JsonNode verb(String verb, String body) {
        return client.post("/rollouts/" + id + "/" + verb, YamlText.tree(body));
    }

    JsonNode verb(String verb) {
        return verb(verb, "");
    }

    JsonNode target(Tenant tenant) {
        for (JsonNode each :
                client.get("/rollouts/" + id + "/databases?limit=1000").path("items")) {
            if (each.path("database").asText().equals(tenant.id())) {
                return each;
            }
        }
        throw new AssertionError(tenant + " is not in rollout " + id);
    }

    String state(Tenant tenant) {
        return target(tenant).path("state").asText();
    }

    String reason(Tenant tenant) {
        return target(tenant).path("reason").asText();
    }

    JsonNode wave(String name) {
        return wave(show(), name);
    }

    static JsonNode wave(JsonNode rollout, String name) {
        for (JsonNode each : rollout.path("waves")) {
            if (each.path("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("no wave " + name + " in " + rollout);
    }

    /** How many databases are in each state, as far as there are any. */
    static Map<String, Integer> counts(JsonNode of) {
        Map<String, Integer> counts = new TreeMap<>();
        of.path("counts")
                .properties()
                .forEach(each -> counts.put(each.getKey(), each.getValue().asInt()));
        return counts;
    }

    @Override
    public String toString() {
        return id;
    }
}
