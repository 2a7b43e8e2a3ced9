package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.PublishedPlan;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.plan.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The terms that a person asked for, with the names that the plan knows.
 *
 * @param refusal if the plan has no such version or migration
 */
record AgreedTerms(RollbackTerms terms, Optional<Rejection> refusal) {
    /** Migrations are named by key, version or file, and meant by key. */
    static AgreedTerms of(Optional<PublishedPlan> plan, RollbackTerms asked) {
        if (plan.isEmpty()) {
            return new AgreedTerms(asked, Optional.empty());
        }
        PlanDowns downs = new PlanDowns(plan.get().content());
        Optional<String> version = asked.to().filter(each -> !downs.knowsVersion(each));
        if (version.isPresent()) {
            return refused(
                    asked,
                    "plan "
                            + plan.get().id().abbreviated()
                            + " has no migration of version "
                            + version.get()
                            + "; it has "
                            + downs.versions()
                            + ", and "
                            + RollbackTerms.TO_NOTHING
                            + " for the state before the first");
        }
        List<String> keys = new ArrayList<>();
        for (String name : asked.acceptIrreversible()) {
            Optional<Migration> migration = downs.named(name);
            if (migration.isEmpty()) {
                return refused(
                        asked,
                        "plan "
                                + plan.get().id().abbreviated()
                                + " has no migration "
                                + name
                                + "; name it by its version or its file");
            }
            keys.add(migration.get().key());
        }
        return new AgreedTerms(asked.accepting(keys), Optional.empty());
    }

    private static AgreedTerms refused(RollbackTerms asked, String why) {
        return new AgreedTerms(
                asked, Optional.of(new Rejection(RejectionCode.UNKNOWN_VERSION, why)));
    }
}
