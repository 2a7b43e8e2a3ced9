package dev.skein.engine.execution;

import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.strategy.RepeatablePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a rollback does about the repeatable migrations that its rollout ran.
 *
 * <ol>
 *   <li>It runs each again as it was before: the ledger knows the checksum of that text, or the
 *       version table does where somebody else ran it, and the text is in a plan that an earlier
 *       rollout ordered. This comes before anything is undone, because repeatable migrations were
 *       applied last.
 *   <li>Where the terms say so, where there was none before, or where no plan has that text, it
 *       stays as it is.
 *   <li>One that is as it was before needs nothing more.
 * </ol>
 *
 * @param steps that restore them, in the order of execution
 * @param left keys of those that stay, each with the reason
 */
record Repeatables(List<PlannedStep> steps, List<String> left) {
    Repeatables {
        steps = List.copyOf(steps);
        left = List.copyOf(left);
    }

    /**
     * Decides for these migrations.
     *
     * @param keys newest first
     * @param earlier the plans of other rollouts, made for this database
     */
    static Repeatables of(
            Plan plan,
            List<Plan> earlier,
            RollbackTerms terms,
            AppliedState appliedState,
            List<String> keys) {
        List<PlannedStep> steps = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (String key : keys) {
            MigrationState state = appliedState.migrationStates().get(key);
            boolean ofThePlan =
                    state != null && state.checksum().map(unchanged(plan, key)::test).orElse(true);
            boolean leave =
                    terms.repeatables().orElse(RepeatablePolicy.LEAVE) == RepeatablePolicy.LEAVE;
            if (state == null || leave && ofThePlan) {
                left.add(key);
                continue;
            }
            Optional<String> wanted =
                    ofThePlan ? before(key, state, appliedState) : state.checksum();
            Optional<Migration> body = wanted.flatMap(text -> body(earlier, key, text));
            if (ofThePlan && body.isEmpty()) {
                left.add(key);
            } else if (ofThePlan || state.partial()) {
                body.ifPresent(migration -> steps.addAll(stepsOf(migration, state, ofThePlan)));
            }
        }
        return new Repeatables(steps, left);
    }

    /** Where somebody else ran it before, only the version table may know what there was. */
    private static Optional<String> before(
            String key, MigrationState state, AppliedState appliedState) {
        return state.checksumBefore()
                .or(() -> appliedState.applied(key).flatMap(VersionHistory.Applied::before));
    }

    private static Predicate<String> unchanged(Plan plan, String key) {
        return text -> plan.migration(key).filter(each -> each.isUnchangedAs(text)).isPresent();
    }

    private static Optional<Migration> body(List<Plan> earlier, String key, String checksum) {
        return earlier.stream()
                .flatMap(plan -> plan.migration(key).stream())
                .filter(migration -> migration.isUnchangedAs(checksum))
                .findFirst();
    }

    /** From the beginning, or behind the last step that an interrupted order has done. */
    private static List<PlannedStep> stepsOf(
            Migration migration, MigrationState state, boolean anew) {
        List<Step> up = PlannedStep.stepsOf(migration.up());
        int first = anew ? 0 : state.upDone();
        List<PlannedStep> steps = new ArrayList<>();
        for (int i = first; i < up.size(); i++) {
            PlannedStep step = PlannedStep.of(migration, i, Direction.UP, up);
            PlannedStep known =
                    step.with(
                            step.completes()
                                    ? List.of(
                                            VersionChange.of(VersionChange.Kind.APPLIED, migration))
                                    : step.starting());
            steps.add(!anew && state.upStarted() && i == first ? known.madeUncertain() : known);
        }
        return steps;
    }
}
