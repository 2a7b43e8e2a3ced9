package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.runtime.DatabaseHistory;

/** Writes what happened to a database: the newest records, oldest first. */
final class HistoryJson {
    private HistoryJson() {}

    static ObjectNode toJson(DatabaseHistory history) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode items = json.putArray("items");
        history.records().forEach(each -> items.add(EventJson.remembered(each)));
        return json.put("total", history.records().size() + history.omitted());
    }
}
