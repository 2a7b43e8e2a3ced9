package dev.skein.orchestrator.rollout;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.strategy.Selector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** A selector made ready for many questions: names are found by hash. */
final class SelectorMatch {
    private final Selector selector;
    private final Selector byLabels;
    private final Set<DatabaseId> names;

    SelectorMatch(Selector selector) {
        this.selector = selector;
        byLabels = new Selector(List.of(), selector.labels());
        names = new HashSet<>(selector.databases());
    }

    /** The same answer as {@link Selector#matches}. */
    boolean matches(DatabaseId database, SortedMap<String, String> labels) {
        if (names.contains(database) || selector.isAll()) {
            return true;
        }
        return !selector.labels().isEmpty() && byLabels.matches(database, labels);
    }
}
