package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DatabaseState;
import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.orchestrator.fleet.PublishedPlan;
import dev.skein.protocol.event.PlanReference;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The plans in which the earlier text of a repeatable migration may be found. */
final class EarlierPlans {
    private static final int PLANS_MAX = 10;

    private EarlierPlans() {}

    /** Whether a rollback of this plan may ask for them. */
    static boolean areOfUse(Plan plan) {
        return plan.migrations().stream().anyMatch(each -> each.kind() == MigrationKind.REPEATABLE);
    }

    /** What other rollouts ordered of the database, the newest first; at most ten. */
    static List<PlanReference> of(FleetLookup fleet, RolloutId self, DatabaseState database) {
        return database.orders()
                .ofOthers(self)
                .filter(order -> order.kind().changesSchema())
                .sorted(Comparator.comparingLong(IssuedOrder::epoch).reversed())
                .map(IssuedOrder::plan)
                .distinct()
                .limit(PLANS_MAX)
                .map(fleet::plan)
                .flatMap(Optional::stream)
                .map(EarlierPlans::reference)
                .toList();
    }

    private static PlanReference reference(PublishedPlan plan) {
        return new PlanReference(plan.id(), plan.offset());
    }
}
