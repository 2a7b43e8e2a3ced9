package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DatabaseState;
import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.orchestrator.fleet.OrderReport;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What other rollouts have to do with the databases of this one. */
final class OtherRollouts {
    private OtherRollouts() {}

    /** Refuses if databases are part of another rollout that is open. */
    static Optional<Rejection> busy(
            FleetLookup fleet, RolloutId self, Collection<DatabaseId> databases) {
        for (RolloutState other : fleet.rollouts()) {
            if (!other.isOpen() || other.id().equals(self)) {
                continue;
            }
            List<DatabaseId> shared =
                    databases.stream().filter(other.targets()::containsKey).toList();
            if (!shared.isEmpty()) {
                return Optional.of(
                        new Rejection(
                                RejectionCode.DATABASE_BUSY,
                                Texts.databases(shared.size())
                                        + (fleet.rollout(self).isPresent()
                                                ? " of rollout " + self
                                                : " that the strategy selects")
                                        + Texts.are(shared.size())
                                        + " part of rollout "
                                        + other.id()
                                        + ", which is open: "
                                        + Texts.named(shared)
                                        + "; wait for its end or abort it"));
            }
        }
        return Optional.empty();
    }

    /** Whether any other open rollout has this database. */
    static boolean isBusy(FleetLookup fleet, RolloutId self, DatabaseId database) {
        return fleet.rollouts().stream()
                .filter(other -> other.isOpen() && !other.id().equals(self))
                .anyMatch(other -> other.targets().containsKey(database));
    }

    /**
     * Which of these databases a later rollout has changed since, without having been rolled back
     * there, and which rollout that was.
     */
    static SortedMap<DatabaseId, RolloutId> changedSince(
            FleetLookup fleet, RolloutId self, Collection<DatabaseId> databases) {
        SortedMap<DatabaseId, RolloutId> changed = new TreeMap<>();
        for (DatabaseId database : databases) {
            laterChange(fleet.database(database), self)
                    .ifPresent(order -> changed.put(database, order.rollout()));
        }
        return changed;
    }

    /** The last one. One that ran no step has changed nothing, whatever it ordered. */
    private static Optional<IssuedOrder> laterChange(DatabaseState database, RolloutId self) {
        return ownEpoch(database, self)
                .flatMap(
                        own ->
                                database.orders()
                                        .ofOthers(self)
                                        .filter(order -> order.epoch() > own)
                                        .filter(order -> stands(database, order))
                                        .max(Comparator.comparingLong(IssuedOrder::epoch)));
    }

    /** Of an order that the log has lost, its reports tell. */
    private static Optional<Long> ownEpoch(DatabaseState database, RolloutId self) {
        return database.orders()
                .of(self)
                .map(IssuedOrder::epoch)
                .or(() -> database.progress().of(self).map(OrderReport::epoch));
    }

    private static boolean stands(DatabaseState database, IssuedOrder order) {
        return order.kind().changesSchema()
                && database.progress()
                        .of(order.rollout())
                        .flatMap(OrderReport::changed)
                        .isPresent();
    }

    /** Refuses if a later rollout has changed these databases since and was not rolled back. */
    static Optional<Rejection> movedOn(
            FleetLookup fleet, RolloutId self, Collection<DatabaseId> databases) {
        SortedMap<DatabaseId, RolloutId> changed = changedSince(fleet, self, databases);
        return changed.isEmpty() ? Optional.empty() : Optional.of(movedOn(self, changed));
    }

    static Rejection movedOn(RolloutId self, SortedMap<DatabaseId, RolloutId> changed) {
        return new Rejection(
                RejectionCode.DATABASE_MOVED_ON,
                "cannot go on with rollout " + self + ": " + changedText(changed));
    }

    /** Who changed what since, and what to do about it. */
    static String changedText(SortedMap<DatabaseId, RolloutId> changed) {
        Map<RolloutId, List<DatabaseId>> byRollout = new TreeMap<>();
        changed.forEach(
                (database, rollout) ->
                        byRollout
                                .computeIfAbsent(rollout, each -> new ArrayList<>())
                                .add(database));
        List<String> parts = new ArrayList<>();
        byRollout.forEach(
                (rollout, databases) ->
                        parts.add(
                                "rollout "
                                        + rollout
                                        + " has changed "
                                        + Texts.databases(databases.size())
                                        + " since: "
                                        + Texts.named(databases)));
        return String.join("; ", parts)
                + "; roll "
                + (byRollout.size() == 1 ? "that one" : "those")
                + " back there first, or roll back to a version";
    }
}
