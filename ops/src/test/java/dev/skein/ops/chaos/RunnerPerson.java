package dev.skein.ops.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.client.ServerRefused;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.settings.SettingsFile;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** A person who sees rollouts with delegated steps through, and answers what is asked. */
final class RunnerPerson {
    private static final Duration LOOK = Duration.ofMillis(300);
    private static final String ALL = "waves: [{ name: all }]";
    private static final String DATA = "data";

    private final ChaosOperator operator;
    private final RunnerFleet fleet;
    private final Duration max;
    private final SortedMap<String, Integer> answers = new TreeMap<>();

    /**
     * @param max within which a rollout has to come to its end
     */
    RunnerPerson(ChaosOperator operator, RunnerFleet fleet, Duration max) {
        this.operator = operator;
        this.fleet = fleet;
        this.max = max;
    }

    String open(Plan plan, String to) {
        ObjectNode publication = Json.mapper().createObjectNode().put("name", "billing");
        publication.set("plan", Json.tree(plan));
        ObjectNode body = Json.mapper().createObjectNode().put("to", to);
        body.put("plan", operator.post("/plans", publication).path("id").asText());
        body.set("strategy", SettingsFile.parse("strategy", ALL));
        return operator.post("/rollouts", body).path("id").asText();
    }

    /** Asks for everything back, down to that revision. */
    void back(String rollout, String to) {
        say(rollout, "rollback", body().put("all", true).put("to", to));
    }

    void pause(String rollout) {
        say(rollout, "pause", body());
    }

    private static ObjectNode body() {
        return Json.mapper().createObjectNode();
    }

    private void say(String rollout, String verb, ObjectNode body) {
        operator.post("/rollouts/" + rollout + "/" + verb, body);
        answers.merge(verb, 1, Integer::sum);
    }

    JsonNode show(String rollout) {
        return operator.get("/rollouts/" + rollout);
    }

    /** Waits for the end of it, and helps. */
    void settle(String rollout, String phase) {
        try {
            awaitHelping(
                    rollout,
                    "rollout " + rollout + " " + phase,
                    () -> show(rollout).path("phase").asText().equals(phase));
        } catch (AssertionError stuck) {
            throw new AssertionError(
                    "stuck: "
                            + show(rollout)
                            + "\n"
                            + operator.get("/rollouts/" + rollout + "/databases"),
                    stuck);
        }
    }

    /** Waits until a pause has nothing to wait for any more. */
    void awaitQuiesced(String rollout) {
        Waiting.until(
                "a quiet pause of rollout " + rollout,
                max,
                () -> !show(rollout).at("/pause/state").asText().equals("draining"));
    }

    /** Waits, and lets what failed go on. */
    void awaitHelping(String rollout, String what, BooleanSupplier condition) {
        Waiting.until(
                what,
                max,
                () -> {
                    if (condition.getAsBoolean()) {
                        return true;
                    }
                    help(rollout);
                    if (show(rollout).path("phase").asText().equals("paused")) {
                        tell(rollout, "resume", body());
                    }
                    Waiting.pass(LOOK);
                    return false;
                });
    }

    private void help(String rollout) {
        boolean retries = false;
        for (JsonNode each :
                operator.get("/rollouts/" + rollout + "/databases?limit=1000").path("items")) {
            if (each.path("state").asText().endsWith("failed")) {
                retries |= !repaired(rollout, each);
            }
        }
        if (retries) {
            tell(rollout, "retry", body());
        }
    }

    /** Whether the person's answer had it ordered again. */
    private boolean repaired(String rollout, JsonNode target) {
        String reason = target.path("reason").asText();
        String database = target.path("database").asText();
        String tenant = database.substring(database.indexOf('/') + 1);
        answers.merge("failed " + target.at("/failure/code").asText(), 1, Integer::sum);
        if (reason.contains("has no contract")) {
            fleet.mendData(tenant);
            answers.merge(DATA, 1, Integer::sum);
        }
        if (!reason.contains("--step-not-done")) {
            return false;
        }
        fleet.mendHalf(tenant);
        ObjectNode answer = body().put("repair", "step-not-done");
        answer.putArray("databases").add(database);
        tell(rollout, "repair", answer);
        return true;
    }

    /** What cannot be done any more, because something else came first, is left. */
    private void tell(String rollout, String verb, ObjectNode body) {
        try {
            say(rollout, verb, body);
        } catch (ServerRefused refused) {
            answers.merge(verb + " refused", 1, Integer::sum);
        }
    }

    /** How often it said what. */
    SortedMap<String, Integer> answers() {
        return new TreeMap<>(answers);
    }
}
