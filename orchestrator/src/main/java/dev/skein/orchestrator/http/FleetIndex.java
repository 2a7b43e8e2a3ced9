package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.fleet.FleetView;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.id.DatabaseId;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * All databases of the fleet at one moment, with their counts, which leave out those that are gone.
 * Immutable; may be read on any thread.
 *
 * @param rows by the databases' ids: those that agents announce, and those of which something was
 *     ordered or reported
 */
record FleetIndex(FleetView view, Instant now, List<DatabaseRow> rows, ObjectNode summary) {
    static FleetIndex of(FleetView view, Instant now) {
        SortedSet<DatabaseId> ids = new TreeSet<>(view.inventory().databases().keySet());
        ids.addAll(view.databases().keySet());
        DatabaseRows maker = new DatabaseRows(view, now);
        List<DatabaseRow> rows = ids.stream().map(maker::row).toList();
        return new FleetIndex(view, now, rows, summary(view, rows));
    }

    private static ObjectNode summary(FleetView view, List<DatabaseRow> rows) {
        List<DatabaseRow> there = rows.stream().filter(each -> !each.gone()).toList();
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("databases", there.size())
                        .put("agents", view.agents().size());
        FleetCounts.of(there).putInto(json);
        if (there.size() < rows.size()) {
            json.put("gone", rows.size() - there.size());
        }
        ArrayNode active = json.putArray("activeRollouts");
        view.rollouts().values().stream()
                .filter(RolloutState::isOpen)
                .forEach(each -> active.add(each.id().value()));
        return json;
    }
}
