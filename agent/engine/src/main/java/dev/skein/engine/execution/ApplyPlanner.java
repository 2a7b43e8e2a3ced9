package dev.skein.engine.execution;

import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The route of an order to apply.
 *
 * <ol>
 *   <li>What the books contradict is refused; see {@link ApplyRefusals}.
 *   <li>A migration that the books hold is left alone, whoever applied it; a repeatable one only if
 *       its checksum is the plan's.
 *   <li>A baseline is applied where the books are empty, in place of what it stands for.
 *   <li>A half-done migration goes on behind its last step that is done.
 *   <li>The plan's hooks come around the migrations; see {@link HookPlanner}.
 *   <li>The order's checks come last, each time anew.
 * </ol>
 */
final class ApplyPlanner {
    private final Plan plan;
    private final OrderIssued order;
    private final Survey survey;
    private final AppliedState books;

    private ApplyPlanner(Plan plan, OrderIssued order, Survey survey) {
        this.plan = plan;
        this.order = order;
        this.survey = survey;
        this.books = AppliedState.of(plan, survey);
    }

    static ExecutionPlan of(Plan plan, OrderIssued order, Survey survey) {
        return new ApplyPlanner(plan, order, survey).route();
    }

    private ExecutionPlan route() {
        Optional<String> versionNow = books.versionWithout(List.of());
        Optional<Refusal> refusal = ApplyRefusals.of(plan, order, books);
        if (refusal.isPresent()) {
            return ExecutionPlan.refused(versionNow, refusal.get());
        }
        List<PlannedStep> migrations = new ArrayList<>();
        int total = order.checks().size();
        for (Migration migration : plan.migrations()) {
            total += PlannedStep.stepsOf(migration.up()).size();
            if (pending(migration, books)) {
                // All that a baseline does not stand for comes behind it, wherever the plan has it.
                boolean first = migration.kind() == MigrationKind.BASELINE;
                migrations.addAll(first ? 0 : migrations.size(), legsOf(migration));
            }
        }
        HookPlanner hooks = HookPlanner.of(plan, order, survey, !migrations.isEmpty());
        List<PlannedStep> legs = new ArrayList<>(hooks.before());
        legs.addAll(migrations);
        legs.addAll(hooks.after());
        for (int i = 0; i < order.checks().size(); i++) {
            CheckStep check = order.checks().get(i);
            legs.add(PlannedStep.check(check.name(), i, check));
        }
        return new ExecutionPlan(
                legs,
                total + hooks.total() - legs.size(),
                versionNow,
                books.versionWithAll(),
                List.of(),
                Optional.empty());
    }

    /** Whether the plan wants something of this migration that the books do not hold. */
    static boolean pending(Migration migration, AppliedState books) {
        if (migration.kind() == MigrationKind.BASELINE) {
            return books.beginsWith(migration);
        }
        if (books.belowBaseline(migration)) {
            return false;
        }
        Optional<VersionHistory.Applied> entry = books.applied(migration.key());
        boolean renewed =
                migration.kind() == MigrationKind.REPEATABLE
                        && entry.flatMap(VersionHistory.Applied::checksum)
                                .filter(migration::isUnchangedAs)
                                .isEmpty();
        return entry.isEmpty() || renewed;
    }

    private List<PlannedStep> legsOf(Migration migration) {
        List<Step> steps = PlannedStep.stepsOf(migration.up());
        Optional<PartialMigration> standing = books.partial(migration.key());
        int first = standing.map(s -> firstStep(s, steps.size())).orElse(0);
        boolean uncertain = standing.filter(PartialMigration::upStarted).isPresent();
        List<PlannedStep> legs = new ArrayList<>();
        for (int i = first; i < steps.size(); i++) {
            PlannedStep leg = PlannedStep.of(migration, i, Direction.UP, steps);
            PlannedStep certain = leg.with(leg.completes() ? changes(migration) : leg.starting());
            legs.add(uncertain && i == first ? certain.madeUncertain() : certain);
        }
        return legs;
    }

    /** The last steps down took back the last steps up; those are to be done again. */
    private static int firstStep(PartialMigration standing, int steps) {
        return Math.min(standing.upDone(), steps - standing.downDone());
    }

    private List<VersionChange> changes(Migration migration) {
        VersionChange applied = VersionChange.of(VersionChange.Kind.APPLIED, migration);
        return books.failedByUs(migration.key())
                ? List.of(VersionChange.of(VersionChange.Kind.FAILURE_CLEARED, migration), applied)
                : List.of(applied);
    }
}
