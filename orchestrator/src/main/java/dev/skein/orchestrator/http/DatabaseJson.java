package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.fleet.DatabaseState;
import dev.skein.orchestrator.fleet.SetAside;
import dev.skein.orchestrator.rollout.DatabaseStatus;
import dev.skein.orchestrator.rollout.TargetState;
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
        row.status().ifPresent(status -> putState(json, status));
        row.setAside().ifPresent(each -> putSetAside(json, each));
        json.put("late", row.late()).put("reachable", row.reachable());
        return row.gone() ? json.put("gone", true) : json;
    }

    /** Wherever it stands in its rollout, somebody has to look. */
    private static void putSetAside(ObjectNode json, SetAside setAside) {
        json.put("state", TargetState.NEEDS_ATTENTION.label())
                .put("reason", setAside.text())
                .put("setAside", setAside.position().path());
    }

    private static void putState(ObjectNode json, DatabaseStatus status) {
        json.put("state", status.state().label()).put("reason", status.reason());
        status.failure().ifPresent(each -> json.put("code", each.failure().code()));
    }

    /** With where it stands in each rollout that has it. */
    static ObjectNode full(
            DatabaseRow row, DatabaseState state, SortedMap<RolloutId, DatabaseStatus> everywhere) {
        ObjectNode json =
                toJson(row)
                        .put("epoch", state.epoch())
                        .put("lastSequence", state.progress().sequence());
        ArrayNode rollouts = json.putArray("rollouts");
        everywhere.forEach(
                (rollout, status) ->
                        putRollout(rollouts.addObject().put("rollout", rollout.value()), status));
        return json;
    }

    private static void putRollout(ObjectNode json, DatabaseStatus status) {
        putState(json, status);
        status.orderedAt().ifPresent(at -> json.put("orderedAt", at.toString()));
    }
}
