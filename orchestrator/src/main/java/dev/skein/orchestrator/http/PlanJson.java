package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.fleet.PublishedPlan;
import dev.skein.protocol.codec.Json;

/** Writes plans. */
final class PlanJson {
    private PlanJson() {}

    static ObjectNode summary(PublishedPlan plan) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", plan.id().value())
                .put("name", plan.name())
                .put("framework", plan.content().framework().label())
                .put("version", plan.content().version())
                .put("migrations", plan.content().migrations().size())
                .put("steps", plan.content().stepCount())
                .put("publishedBy", plan.by())
                .put("publishedAt", plan.publishedAt().toString());
    }

    /** With everything the plan does. */
    static ObjectNode full(PublishedPlan plan) {
        ObjectNode json = summary(plan);
        json.set("content", Json.tree(plan.content()));
        return json;
    }
}
