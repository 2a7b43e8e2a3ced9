package dev.skein.agent.discovery;

import dev.skein.protocol.event.AnnouncedDatabase;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.text.ControlCharacters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Turns the rows of a source's query into databases.
 *
 * @param what the source, for messages, such as {@code query 2}
 * @param noun what each row names, for messages: {@code database} or {@code schema}
 * @param existing names that exist
 * @param toId makes the id of a name; throws {@link IllegalArgumentException} if it cannot be one
 * @param labels those of the server and the source
 */
record Rows(
        String what,
        String noun,
        Set<String> existing,
        Function<String, DatabaseId> toId,
        SortedMap<String, String> labels) {
    private static final String NAME = "name";
    private static final String LABEL = "label.";

    SourceResult result(List<Map<String, String>> rows) {
        List<AnnouncedDatabase> databases = new ArrayList<>();
        Set<String> problems = new TreeSet<>();
        for (Map<String, String> row : rows) {
            String name = row.get(NAME);
            if (name == null) {
                problems.add(what + " gives a row without a name");
            } else if (!existing.contains(name)) {
                problems.add(
                        "%s names the %s '%s', which is not there"
                                .formatted(what, noun, ControlCharacters.shown(name)));
            } else {
                add(name, row, databases, problems);
            }
        }
        return SourceResult.of(databases, List.copyOf(problems));
    }

    private void add(
            String name,
            Map<String, String> row,
            List<AnnouncedDatabase> databases,
            Set<String> problems) {
        try {
            databases.add(new AnnouncedDatabase(idOf(name), labelsOf(row, problems)));
        } catch (IllegalArgumentException unusable) {
            problems.add(what + ": " + unusable.getMessage());
        }
    }

    /** A name from before may have control characters, in an old log; none comes in any more. */
    private DatabaseId idOf(String name) {
        return toId.apply(ControlCharacters.refusedIn(noun, name));
    }

    private SortedMap<String, String> labelsOf(Map<String, String> row, Set<String> problems) {
        SortedMap<String, String> all = new TreeMap<>(labels);
        row.forEach(
                (column, value) -> {
                    if (column.startsWith(LABEL) && column.length() > LABEL.length()) {
                        all.put(column.substring(LABEL.length()), value);
                    } else if (!column.equals(NAME)) {
                        problems.add(
                                "%s gives a column '%s', which is neither name nor label.…"
                                        .formatted(what, ControlCharacters.shown(column)));
                    }
                });
        return all;
    }
}
