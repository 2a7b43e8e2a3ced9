package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.FleetInventory;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.SharedVersionTable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Refuses plans that keep one version table for several targets of a database. */
final class SharedTables {
    private SharedTables() {}

    static Optional<Rejection> refusal(
            Plan plan, FleetInventory inventory, Collection<DatabaseId> databases) {
        Set<DatabaseId> all = inventory.databases().keySet();
        List<DatabaseId> concerned =
                databases.stream()
                        .filter(each -> SharedVersionTable.concerns(plan, each, all))
                        .toList();
        return concerned.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Rejection(
                                RejectionCode.SHARED_VERSION_TABLE,
                                "the plan keeps its books in "
                                        + SharedVersionTable.nameIn(plan)
                                        + ", one version table for "
                                        + Texts.databases(concerned.size())
                                        + " that are schemas of one database with other targets,"
                                        + " so that what one of them has would read as applied in"
                                        + " all: "
                                        + Texts.named(concerned)
                                        + "; "
                                        + SharedVersionTable.hint()));
    }
}
