package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.log.Position;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** All databases of which something was ordered or reported. */
final class Databases {
    private final SortedMap<DatabaseId, DatabaseState> sorted = new TreeMap<>();
    // Decisions look up every database of a rollout, and a tree compares ids level by level.
    private final Map<DatabaseId, DatabaseState> byId = new HashMap<>();

    FoldOutcome apply(OrderIssued event, long sequence) {
        if (sequence != event.epoch()) {
            throw new Fault(
                    "database "
                            + event.database()
                            + ": the order of epoch "
                            + event.epoch()
                            + " is counted as "
                            + sequence);
        }
        DatabaseState before = get(event.database());
        // Epochs may jump: a ledger can know higher ones than the log ever saw.
        if (event.epoch() <= before.orders().epoch()) {
            return FoldOutcome.DUPLICATE;
        }
        put(before.with(before.orders().issued(event)));
        return FoldOutcome.APPLIED;
    }

    FoldOutcome apply(StepEvent event, long sequence) {
        DatabaseState before = get(event.database());
        ProgressFold.FoldedProgress result = ProgressFold.apply(before.progress(), sequence, event);
        if (result.part() != before.progress()) {
            put(before.with(result.part()).reported(event.epoch()));
        }
        return result.applied();
    }

    /** A report that could not be taken, by the epoch of its order as far as that is known. */
    void setAside(DatabaseId id, Position position, String reason, long epoch, Instant at) {
        DatabaseState before = get(id);
        long latest = Math.max(epoch, before.progress().epoch());
        put(before.with(SetAside.first(position, reason, latest, at)));
    }

    DatabaseState get(DatabaseId id) {
        DatabaseState state = byId.get(id);
        return state == null ? DatabaseState.unknown(id) : state;
    }

    SortedMap<DatabaseId, DatabaseState> sorted() {
        return Collections.unmodifiableSortedMap(sorted);
    }

    private void put(DatabaseState state) {
        byId.put(state.id(), state);
        sorted.put(state.id(), state);
    }
}
