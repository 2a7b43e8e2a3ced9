package dev.skein.engine.execution;

import dev.skein.protocol.event.RollbackRemainder;
import java.util.List;

/** Names some migrations out of possibly many. */
final class ShortKeys {
    private ShortKeys() {}

    static List<String> first(List<String> keys) {
        return keys.subList(0, Math.min(keys.size(), RollbackRemainder.NAMED_MAX));
    }

    static String text(List<String> keys) {
        List<String> named = first(keys);
        String more =
                keys.size() > named.size() ? " and " + (keys.size() - named.size()) + " more" : "";
        return (keys.size() == 1 ? "migration " : "migrations ") + String.join(", ", named) + more;
    }
}
