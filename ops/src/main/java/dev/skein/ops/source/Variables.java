package dev.skein.ops.source;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values for what scripts leave open: Flyway's placeholders, Alembic's {@code -x} arguments.
 *
 * @param values by name, the same in every database
 * @param labels by name, the label that gives each database its own value
 */
public record Variables(Map<String, String> values, Map<String, String> labels) {
    /** Copies the maps, in the order of the names. */
    public Variables {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** No values. */
    public static Variables none() {
        return new Variables(Collections.emptyMap(), Collections.emptyMap());
    }
}
