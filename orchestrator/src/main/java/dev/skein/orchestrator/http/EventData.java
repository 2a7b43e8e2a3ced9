package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.PlanPublished;

/**
 * Writes what an event holds, as the log has it, but short: a plan without its content, and of each
 * list of databases the first few with their number.
 */
final class EventData {
    private static final String DATABASES = "databases";
    private static final int DATABASES_MAX = 20;

    private EventData() {}

    static ObjectNode of(FleetEvent event) {
        if (event instanceof PlanPublished published) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("plan", published.plan().value())
                    .put("name", published.name())
                    .put("by", published.by());
        }
        ObjectNode data = (ObjectNode) Json.tree(event);
        data.remove("at");
        shorten(data);
        data.path("waves").forEach(wave -> shorten((ObjectNode) wave));
        return data;
    }

    private static void shorten(ObjectNode json) {
        JsonNode databases = json.path(DATABASES);
        if (!databases.isArray()) {
            return;
        }
        json.put("databasesTotal", databases.size());
        if (databases.size() > DATABASES_MAX) {
            ArrayNode few = JsonNodeFactory.instance.arrayNode();
            for (int index = 0; index < DATABASES_MAX; index++) {
                few.add(databases.get(index));
            }
            json.set(DATABASES, few);
        }
    }
}
