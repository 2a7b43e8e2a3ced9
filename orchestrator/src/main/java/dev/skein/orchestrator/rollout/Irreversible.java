package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Migration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Refuses a rollback that would come to a migration without a down. */
final class Irreversible {
    private final PlanDowns downs;
    private final RollbackTerms terms;

    Irreversible(PlanDowns downs, RollbackTerms terms) {
        this.downs = downs;
        this.terms = terms;
    }

    Optional<Rejection> refusal(DecisionDraft draft, List<DatabaseId> databases) {
        RolloutState rollout = draft.rollout();
        Set<Migration> obstacles = new LinkedHashSet<>();
        List<DatabaseId> stuck = new ArrayList<>();
        for (DatabaseId id : databases) {
            List<Migration> found =
                    downs.obstacles(rollout.id(), draft.fleet().database(id), terms);
            if (!found.isEmpty()) {
                stuck.add(id);
                obstacles.addAll(found);
            }
        }
        return stuck.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Rejection(
                                RejectionCode.IRREVERSIBLE,
                                text(rollout, stuck, List.copyOf(obstacles))));
    }

    private static String text(
            RolloutState rollout, List<DatabaseId> stuck, List<Migration> obstacles) {
        return "cannot roll back "
                + Texts.databases(stuck.size())
                + " of rollout "
                + rollout.id()
                + ": "
                + PlanDowns.names(obstacles)
                + (obstacles.size() == 1 ? " has" : " have")
                + " no down; nothing was ordered. Those are "
                + Texts.named(stuck)
                + ". Say --as-far-as-possible to stop before it, --accept-irreversible "
                + obstacles.get(0).key()
                + " to pass over it, or leave it and abort the rollout if it is open";
    }
}
