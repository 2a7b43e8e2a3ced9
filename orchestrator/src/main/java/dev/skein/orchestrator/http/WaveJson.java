package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.fleet.WaveState;
import dev.skein.orchestrator.rollout.WaveStatus;
import dev.skein.protocol.strategy.WaveSpec;

/** Writes one wave of a rollout. */
final class WaveJson {
    private WaveJson() {}

    static ObjectNode toJson(WaveStatus wave, WaveSpec spec) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("index", wave.index())
                        .put("name", wave.name())
                        .put("phase", wave.phase().label())
                        .put("databases", wave.databases());
        json.set("counts", CountsJson.toJson(wave.counts()));
        json.put("failed", wave.failures())
                .put("notDoneInTime", wave.overdue())
                .put("failuresAllowed", wave.failuresAllowed())
                .put("failureBudget", spec.limits().failureBudget().toString())
                .put("maxInFlight", wave.maxInFlight())
                .put("inFlight", wave.outstanding())
                .put("onFailure", spec.limits().onFailure().label());
        putTimes(json, wave);
        return putApproval(json, wave.state(), spec);
    }

    private static void putTimes(ObjectNode json, WaveStatus wave) {
        WaveState state = wave.state();
        state.startedAt().ifPresent(at -> json.put("startedAt", at.toString()));
        state.settledAt().ifPresent(at -> json.put("settledAt", at.toString()));
        wave.soakUntil().ifPresent(at -> json.put("soakUntil", at.toString()));
        wave.deadlineAt().ifPresent(at -> json.put("deadlineAt", at.toString()));
        json.put("overdue", state.overdueAt().isPresent());
    }

    private static ObjectNode putApproval(ObjectNode json, WaveState state, WaveSpec spec) {
        json.put("approvalRequired", spec.gates().approval());
        state.approved().ifPresent(approved -> json.put("approvedBy", approved.by()));
        return json;
    }
}
