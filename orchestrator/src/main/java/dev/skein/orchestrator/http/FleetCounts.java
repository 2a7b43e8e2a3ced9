package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts databases by what they have in common. */
final class FleetCounts {
    /** A label with more values tells databases apart; counts of it would be as long as a list. */
    private static final int LABEL_VALUES_MAX = 100;

    private final SortedMap<String, Integer> byVersion = new TreeMap<>();
    private final SortedMap<String, Integer> byState = new TreeMap<>();
    private final SortedMap<String, Integer> byAgent = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Integer>> byLabel = new TreeMap<>();

    private FleetCounts() {}

    static FleetCounts of(List<DatabaseRow> rows) {
        FleetCounts counts = new FleetCounts();
        rows.forEach(counts::add);
        return counts;
    }

    private void add(DatabaseRow row) {
        count(byVersion, row.versionOrNone());
        count(byState, row.stateOrNone());
        count(byAgent, row.agentOrNone());
        row.labels()
                .forEach(
                        (key, value) ->
                                count(byLabel.computeIfAbsent(key, k -> new TreeMap<>()), value));
    }

    private static void count(Map<String, Integer> counts, String what) {
        counts.merge(what, 1, Integer::sum);
    }

    void putInto(ObjectNode json) {
        byVersion.forEach(json.putObject("byVersion")::put);
        byState.forEach(json.putObject("byState")::put);
        byAgent.forEach(json.putObject("byAgent")::put);
        ObjectNode labels = json.putObject("byLabel");
        byLabel.forEach(
                (key, values) -> {
                    if (values.size() <= LABEL_VALUES_MAX) {
                        values.forEach((value, count) -> labels.put(key + "=" + value, count));
                    }
                });
    }
}
