package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.client.SkeinClient;
import java.util.Optional;

/** Reads a list of the API from its first page to its last. */
final class Pages {
    private static final int PAGE = 1000;

    private Pages() {}

    /** The list as one document with {@code items}; the query may be empty. */
    static ObjectNode all(SkeinClient client, String path, String query) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        Optional<JsonNode> clockAhead = Optional.empty();
        String cursor = null;
        do {
            String more =
                    new QueryString()
                            .with("limit", Integer.toString(PAGE))
                            .with("cursor", cursor)
                            .toString();
            JsonNode page = client.get(path + "?" + (query.isEmpty() ? more : query + "&" + more));
            page.path("items").forEach(items::add);
            clockAhead = Optional.ofNullable(page.get("clockAhead"));
            cursor = page.path("next").isTextual() ? page.path("next").asText() : null;
        } while (cursor != null);
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.set("items", items);
        clockAhead.ifPresent(each -> all.set("clockAhead", each));
        return all;
    }
}
