package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.client.SkeinClient;
import dev.skein.protocol.event.DeclaredVersion;
import dev.skein.protocol.event.RolloutPurpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a part of the fleet by one rollout and takes it over by another, and gathers what they
 * found. Blocks the calling thread.
 */
final class Adoption {
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Set<String> ENDED = Set.of("completed", "aborted");

    /** The limits per server that agents have protect the servers. */
    private static final int IN_FLIGHT_MAX = 1000;

    private final SkeinClient client;
    private final String plan;
    private final ObjectNode strategy;
    private final Optional<DeclaredVersion> declared;
    private final Duration patience;

    /**
     * @param declared the version at which a person says that the databases are
     */
    Adoption(
            SkeinClient client,
            String plan,
            ObjectNode strategy,
            Optional<DeclaredVersion> declared,
            Duration patience) {
        this.client = client;
        this.plan = plan;
        this.strategy = strategy;
        this.declared = declared;
        this.patience = patience;
    }

    /** One wave of all selected databases, which goes on after failures. */
    static ObjectNode strategy(Map<String, String> labels, List<String> databases) {
        ObjectNode strategy = JsonNodeFactory.instance.objectNode();
        ObjectNode select = JsonNodeFactory.instance.objectNode();
        if (!labels.isEmpty()) {
            labels.forEach(select.putObject("labels")::put);
        }
        if (!databases.isEmpty()) {
            databases.forEach(select.putArray("databases")::add);
        }
        if (!select.isEmpty()) {
            strategy.set("select", select);
        }
        strategy.putArray("waves").addObject().put("name", "all");
        return strategy.put("max-in-flight", IN_FLIGHT_MAX)
                .put("failure-budget", "100%")
                .put("on-failure", "continue");
    }

    /** What was found, in groups of databases that are alike, the largest first. */
    ObjectNode survey() {
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        String rollout = run(RolloutPurpose.SURVEY);
        JsonNode targets = targets(rollout);
        declared.ifPresent(
                word -> found.put("at", word.version()).put("unproven", word.unproven()));
        found.put("survey", rollout).put("databases", targets.size());
        Map<JsonNode, List<String>> alike = new LinkedHashMap<>();
        ArrayNode unread = found.putArray("unread");
        ArrayNode ledgers = found.putArray("ledgers");
        for (JsonNode target : targets) {
            String database = target.path("database").asText();
            if (target.has("findings")) {
                alike.computeIfAbsent(target.path("findings"), each -> new ArrayList<>())
                        .add(database);
            } else {
                unread.add(reason(target));
            }
            if (target.has("ledger")) {
                ledgers.add(ledger(database, target.path("ledger")));
            }
        }
        found.set("groups", groups(alike));
        return found;
    }

    private static ObjectNode ledger(String database, JsonNode found) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("database", database)
                .put("state", found.path("kind").asText())
                .put("reason", found.path("message").asText());
    }

    private static ArrayNode groups(Map<JsonNode, List<String>> alike) {
        ArrayNode groups = JsonNodeFactory.instance.arrayNode();
        alike.entrySet().stream()
                .sorted(
                        Comparator.<Map.Entry<JsonNode, List<String>>>comparingInt(
                                        each -> -each.getValue().size())
                                .thenComparing(each -> each.getKey().toString()))
                .forEach(each -> groups.add(group(each.getKey(), each.getValue())));
        return groups;
    }

    private static ObjectNode group(JsonNode findings, List<String> databases) {
        ObjectNode group = JsonNodeFactory.instance.objectNode().put("count", databases.size());
        group.set("findings", findings);
        databases.stream().sorted().forEach(group.putArray("databases")::add);
        return group;
    }

    /** Adds to what was found which databases are adopted now, and why others are not. */
    void adopt(ObjectNode found) {
        String rollout = run(RolloutPurpose.ADOPT);
        int adopted = 0;
        ArrayNode refused = found.put("adoption", rollout).putArray("refused");
        for (JsonNode target : targets(rollout)) {
            if (target.path("state").asText().equals("adopted")) {
                adopted++;
            } else {
                refused.add(reason(target));
            }
        }
        found.put("adopted", adopted);
    }

    private static ObjectNode reason(JsonNode target) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("database", target.path("database").asText())
                .put("state", target.path("state").asText())
                .put("reason", target.path("reason").asText());
    }

    private JsonNode targets(String rollout) {
        return Pages.all(client, path(rollout) + "/databases", "").path("items");
    }

    private static String path(String rollout) {
        return "/rollouts/" + Paths.part(rollout);
    }

    /** A rollout of that purpose, from its opening to its end. */
    private String run(RolloutPurpose purpose) {
        ObjectNode body = Caller.body().put("plan", plan).put("purpose", purpose.label());
        body.set("strategy", strategy);
        declared.ifPresent(word -> body.put("at", word.version()).put("unproven", word.unproven()));
        String rollout = client.post("/rollouts", body).path("id").asText();
        Instant end = Instant.now().plus(patience);
        boolean aborted = false;
        while (!ENDED.contains(client.get(path(rollout)).path("phase").asText())) {
            if (!aborted && Instant.now().isAfter(end)) {
                // Otherwise no other rollout could have its databases.
                abort(rollout);
                aborted = true;
            }
            pause();
        }
        return rollout;
    }

    private void abort(String rollout) {
        ObjectNode body = Caller.body().put("reason", "not done within " + patience);
        client.post(path(rollout) + "/abort", body);
    }

    private static void pause() {
        try {
            Thread.sleep(INTERVAL.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw CommandFailed.operation("interrupted before all databases were read");
        }
    }
}
