package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Refuses a way back that would come to a migration without a down. */
final class Irreversible {
    private final FleetLookup fleet;
    private final Plan plan;
    private final RolloutId rollout;
    private final RollbackTerms terms;
    private final Set<Migration> obstacles = new LinkedHashSet<>();
    private final List<DatabaseId> stuck = new ArrayList<>();

    private Irreversible(FleetLookup fleet, Plan plan, RolloutId rollout, RollbackTerms terms) {
        this.fleet = fleet;
        this.plan = plan;
        this.rollout = rollout;
        this.terms = terms;
    }

    /** Of a rollback. */
    static Optional<Rejection> ofRollback(
            DecisionDraft draft, Plan plan, RollbackTerms terms, List<DatabaseId> databases) {
        RolloutId rollout = draft.rollout().id();
        OrderKind kind = terms.to().isPresent() ? OrderKind.ROLLBACK_TO : OrderKind.ROLLBACK;
        return new Irreversible(draft.fleet(), plan, rollout, terms)
                .refusal(
                        kind,
                        databases,
                        "cannot roll back %s of rollout " + rollout,
                        "Say --as-far-as-possible to stop before it, --accept-irreversible %s to"
                                + " pass over it, or leave it and abort the rollout if it is open");
    }

    /** Of an opening that goes to a version. */
    static Optional<Rejection> ofOpening(
            FleetLookup fleet,
            Plan plan,
            Command.Open command,
            RollbackTerms terms,
            Collection<DatabaseId> databases) {
        return new Irreversible(fleet, plan, command.rollout(), terms)
                .refusal(
                        OrderKind.MOVE,
                        databases,
                        "cannot bring %s to version " + terms.to().orElse(""),
                        "Say --accept-irreversible %s to pass over it, or select other databases");
    }

    private Optional<Rejection> refusal(
            OrderKind kind, Collection<DatabaseId> databases, String attempted, String wayOut) {
        Forecaster forecaster = new Forecaster(plan, rollout, terms);
        for (DatabaseId id : databases) {
            List<Migration> found = forecaster.obstacles(kind, fleet.database(id));
            if (!found.isEmpty()) {
                stuck.add(id);
                obstacles.addAll(found);
            }
        }
        return stuck.isEmpty()
                ? Optional.empty()
                : Optional.of(new Rejection(RejectionCode.IRREVERSIBLE, text(attempted, wayOut)));
    }

    private String text(String attempted, String wayOut) {
        List<Migration> found = List.copyOf(obstacles);
        return attempted.formatted(Texts.databases(stuck.size()))
                + ": "
                + PlanDowns.names(found)
                + (found.size() == 1 ? " has" : " have")
                + " no down; nothing was ordered. Those are "
                + Texts.named(stuck)
                + ". "
                + wayOut.formatted(found.get(0).key());
    }
}
