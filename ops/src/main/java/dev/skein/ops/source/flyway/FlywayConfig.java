package dev.skein.ops.source.flyway;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What configuration files say: keys without {@code flyway.} in front; lists with commas between
 * their elements, as the properties have them.
 */
record FlywayConfig(Map<String, String> values) {
    private static final String PLACEHOLDERS = "placeholders.";

    FlywayConfig {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    static FlywayConfig none() {
        return new FlywayConfig(Collections.emptyMap());
    }

    /** These values, and those of the other on top of them. */
    FlywayConfig under(FlywayConfig other) {
        Map<String, String> all = new TreeMap<>(values);
        all.putAll(other.values);
        return new FlywayConfig(all);
    }

    Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** A value that is neither absent nor blank. */
    Optional<String> text(String key) {
        return get(key).map(String::strip).filter(value -> !value.isEmpty());
    }

    boolean is(String key, boolean otherwise) {
        return text(key).map(Boolean::parseBoolean).orElse(otherwise);
    }

    List<String> list(String key) {
        return Arrays.stream(get(key).orElse("").split(","))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }

    /** Placeholders by name. */
    Map<String, String> placeholders() {
        Map<String, String> found = new TreeMap<>();
        values.forEach(
                (key, value) -> {
                    if (key.startsWith(PLACEHOLDERS)) {
                        found.put(key.substring(PLACEHOLDERS.length()), value);
                    }
                });
        return found;
    }
}
