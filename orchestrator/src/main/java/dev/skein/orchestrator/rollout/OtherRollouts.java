package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DatabaseState;
import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.orchestrator.fleet.ReportStatus;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

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

    /** Refuses if a later rollout has ordered these databases since and was not rolled back. */
    static Optional<Rejection> movedOn(
            FleetLookup fleet, RolloutId self, Collection<DatabaseId> databases) {
        List<DatabaseId> moved =
                databases.stream().filter(each -> hasMovedOn(fleet.database(each), self)).toList();
        if (moved.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Rejection(
                        RejectionCode.DATABASE_MOVED_ON,
                        "a later rollout than "
                                + self
                                + " has changed "
                                + Texts.databases(moved.size())
                                + ": "
                                + Texts.named(moved)
                                + "; roll that one back first"));
    }

    private static boolean hasMovedOn(DatabaseState database, RolloutId self) {
        // One that only read, or only noted what it read, has moved nothing.
        Optional<IssuedOrder> last = database.orders().lastChange();
        if (last.isEmpty() || last.get().rollout().equals(self)) {
            return false;
        }
        boolean rolledBack =
                last.get().kind() == OrderKind.ROLLBACK
                        && database.reportOn(last.get())
                                .filter(each -> each.status() == ReportStatus.ROLLED_BACK)
                                .isPresent();
        return !rolledBack && database.orders().of(self).isPresent();
    }
}
