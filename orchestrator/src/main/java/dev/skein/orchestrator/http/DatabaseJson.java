package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.fleet.DatabaseState;
import dev.skein.orchestrator.rollout.DatabaseStanding;
import dev.skein.protocol.id.RolloutId;
import java.util.SortedMap;

/** Writes databases of the fleet. */
final class DatabaseJson {
    private DatabaseJson() {}

    static ObjectNode toJson(DatabaseRow row) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("database", row.id().toString());
        row.agent().ifPresent(agent -> json.put("agent", agent.value()));
        json.put("server", row.id().server());
        row.labels().forEach(json.putObject("labels")::put);
        row.version().ifPresent(version -> json.put("version", version));
        row.rollout().ifPresent(rollout -> json.put("rollout", rollout.value()));
        row.standing().ifPresent(standing -> putState(json, standing));
        return json.put("late", row.late()).put("reachable", row.reachable());
    }

    private static void putState(ObjectNode json, DatabaseStanding standing) {
        json.put("state", standing.state().label()).put("reason", standing.reason());
        standing.trouble().ifPresent(trouble -> json.put("code", trouble.failure().code()));
    }

    /** With where it stands in each rollout that has it. */
    static ObjectNode full(
            DatabaseRow row,
            DatabaseState state,
            SortedMap<RolloutId, DatabaseStanding> everywhere) {
        ObjectNode json =
                toJson(row)
                        .put("epoch", state.epoch())
                        .put("lastSequence", state.progress().sequence());
        ArrayNode rollouts = json.putArray("rollouts");
        everywhere.forEach(
                (rollout, standing) ->
                        putRollout(rollouts.addObject().put("rollout", rollout.value()), standing));
        return json;
    }

    private static void putRollout(ObjectNode json, DatabaseStanding standing) {
        putState(json, standing);
        standing.orderedAt().ifPresent(at -> json.put("orderedAt", at.toString()));
    }
}
