package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * A list in an order that stays, read page by page.
 *
 * <p>A page ends at the key of its last item and the next one begins with what comes after that
 * key, so that items which come or go between two pages make nothing appear twice.
 *
 * @param name of the list; its cursors are good for no other
 * @param items all that match, in order
 * @param keyOf what a cursor remembers of an item
 * @param isAfter whether an item comes after a key; an IllegalArgumentException for a bad key
 */
record Listing<T>(
        String name, List<T> items, Function<T, String> keyOf, BiPredicate<T, String> isAfter) {
    Listing {
        items = List.copyOf(items);
    }

    ObjectNode page(PageRequest request, Function<T, ? extends JsonNode> render) {
        int from = request.cursor().map(this::firstAfter).orElse(0);
        int to = Math.min(items.size(), from + request.limit());
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode rendered = page.putArray("items");
        items.subList(from, to).forEach(each -> rendered.add(render.apply(each)));
        if (to < items.size()) {
            page.put("next", Cursor.encode(name, keyOf.apply(items.get(to - 1))));
        }
        return page.put("total", items.size());
    }

    private int firstAfter(String cursor) {
        String key = Cursor.decode(name, cursor);
        try {
            int index = 0;
            while (index < items.size() && !isAfter.test(items.get(index), key)) {
                index++;
            }
            return index;
        } catch (IllegalArgumentException | DateTimeException notAKey) {
            throw Cursor.bad(cursor);
        }
    }
}
