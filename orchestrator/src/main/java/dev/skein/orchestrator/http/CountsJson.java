package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.rollout.TargetState;
import java.util.Map;

/** Writes how many databases are in which state; states that none is in are left out. */
final class CountsJson {
    private CountsJson() {}

    static ObjectNode toJson(Map<TargetState, Integer> counts) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        counts.forEach(
                (state, count) -> {
                    if (count > 0) {
                        json.put(state.label(), count);
                    }
                });
        return json;
    }
}
