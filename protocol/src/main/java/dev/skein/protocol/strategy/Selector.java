package dev.skein.protocol.strategy;

import dev.skein.protocol.id.DatabaseId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Chooses databases by name, by labels, or by both (either matches by name, or all labels match).
 *
 * @param databases chosen by name
 * @param labels chosen where every one of these labels has this value
 */
public record Selector(List<DatabaseId> databases, SortedMap<String, String> labels) {
    /** Copies both, in order. */
    public Selector {
        databases = List.copyOf(databases);
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** Chooses everything. */
    public static Selector all() {
        return new Selector(List.of(), new TreeMap<>());
    }

    /** Whether nothing is asked, so that every database is chosen. */
    public boolean isAll() {
        return databases.isEmpty() && labels.isEmpty();
    }

    /** Whether a database with these labels is chosen. */
    public boolean matches(DatabaseId database, SortedMap<String, String> itsLabels) {
        boolean byLabels = !labels.isEmpty() && itsLabels.entrySet().containsAll(labels.entrySet());
        return isAll() || byLabels || databases.contains(database);
    }
}
