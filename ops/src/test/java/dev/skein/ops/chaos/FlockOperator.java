package dev.skein.ops.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.client.ServerRefused;
import dev.skein.ops.client.ServerUnreachable;
import dev.skein.ops.client.SkeinClient;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.settings.SettingsFile;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A person who asks whichever orchestrator answers, again if none does, and who wants every rollout
 * to come to its end. Threads: one.
 */
final class FlockOperator {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(120);
    private static final Duration NUDGE_EACH = Duration.ofSeconds(1);

    private final List<Supervised> orchestrators;

    FlockOperator(List<Supervised> orchestrators) {
        this.orchestrators = orchestrators;
    }

    JsonNode get(String path) {
        return answer("GET " + path, client -> client.get(path));
    }

    /**
     * Publishes a plan and opens a rollout of it for the databases of that kind. An opening whose
     * answer got lost is looked for by its name before it is asked for again.
     */
    String open(String name, FlockKind kind, Plan plan, String strategy) {
        ObjectNode publication = Json.mapper().createObjectNode().put("name", kind.label());
        publication.set("plan", Json.tree(plan));
        String id =
                answer("a plan", client -> client.post("/plans", publication)).path("id").asText();
        ObjectNode body = Json.mapper().createObjectNode().put("plan", id).put("by", name);
        body.set("strategy", SettingsFile.parse("strategy", strategy));
        return answer("the opening " + name, client -> opened(client, name, body));
    }

    private static String opened(SkeinClient client, String name, JsonNode body) {
        for (JsonNode rollout : client.get("/rollouts?limit=1000").path("items")) {
            if (rollout.path("openedBy").asText().equals(name)) {
                return rollout.path("id").asText();
            }
        }
        return client.post("/rollouts", body).path("id").asText();
    }

    /** What a verb was answered with: {@code done}, or the code of the refusal. */
    String tell(String rollout, String verb, ObjectNode body) {
        try {
            answer(verb, client -> client.post("/rollouts/" + rollout + "/" + verb, body));
            return "done";
        } catch (ServerRefused refused) {
            String message = refused.getMessage();
            int code = message.lastIndexOf('[');
            return code < 0 ? message : message.substring(code + 1, message.length() - 1);
        }
    }

    private <T> T answer(String what, Function<SkeinClient, T> call) {
        return Waiting.forValue("an answer to " + what, ANSWER_MAX, () -> tried(call));
    }

    /** Empty while there is no leader, or nobody who answers. */
    private <T> Optional<T> tried(Function<SkeinClient, T> call) {
        for (Supervised orchestrator : orchestrators) {
            Optional<String> url = orchestrator.url();
            if (url.isPresent()) {
                try {
                    URI server = URI.create(url.get());
                    return Optional.of(call.apply(new SkeinClient(server, Optional.empty())));
                } catch (ServerUnreachable away) {
                    continue;
                } catch (ServerRefused refused) {
                    if (refused.isCallersFault()) {
                        throw refused;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Does what a person does who wants the rollout to end, until it has. */
    void settle(String rollout, Duration max) {
        JsonNode[] last = new JsonNode[1];
        long[] next = new long[1];
        try {
            Waiting.until(
                    "the end of rollout " + rollout,
                    max,
                    () -> {
                        if (System.nanoTime() < next[0]) {
                            return false;
                        }
                        next[0] = System.nanoTime() + NUDGE_EACH.toNanos();
                        last[0] = get("/rollouts/" + rollout);
                        return ended(last[0]) || nudged(rollout, last[0]);
                    });
        } catch (AssertionError stuck) {
            throw new AssertionError(
                    "stuck: " + last[0] + "\n" + get("/rollouts/" + rollout + "/databases"), stuck);
        }
    }

    static boolean ended(JsonNode page) {
        return List.of("completed", "rolled-back", "aborted").contains(page.path("phase").asText());
    }

    private boolean nudged(String rollout, JsonNode page) {
        ObjectNode nothing = Json.mapper().createObjectNode();
        JsonNode counts = page.path("counts");
        if (counts.path("failed").asInt() + counts.path("rollback-failed").asInt() > 0) {
            tell(rollout, "retry", nothing);
        }
        switch (page.path("phase").asText()) {
            case "paused" -> tell(rollout, "resume", nothing);
            case "awaiting-approval" -> tell(rollout, "approve", nothing);
            case "soaking" -> tell(rollout, "promote", nothing);
            default -> {
                // It is under way.
            }
        }
        return false;
    }
}
