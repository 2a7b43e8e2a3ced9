package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DesiredState;
import dev.skein.orchestrator.fleet.LastStep;
import dev.skein.orchestrator.fleet.OrderReport;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.fleet.StepPosition;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.RollbackScope;
import java.util.List;
import java.util.Optional;

/**
 * Which databases of a rollout can be ordered once more, in which direction, and why others cannot.
 *
 * <p>All that failed are those whose last apply failed, also where they were rolled back since, and
 * those that could not be rolled back. After a rollback of everything there is no way forward
 * before it has ended.
 */
final class RetryRules {
    private static final String HALF_REVERTED = "half-reverted";

    private final RolloutState rollout;
    private final boolean named;
    private final boolean repairs;
    private final boolean backOnly;

    /**
     * @param named whether the databases are named, and not all that failed
     * @param repairs whether something is repaired in them first
     */
    RetryRules(DecisionDraft draft, boolean named, boolean repairs) {
        rollout = draft.rollout();
        this.named = named;
        this.repairs = repairs;
        backOnly = rollout.rollback().filter(each -> each.scope() == RollbackScope.ALL).isPresent();
    }

    boolean canApply(TargetStatus status) {
        return !backOnly
                && heldBy(status).isEmpty()
                && switch (status.state()) {
                    case FAILED, IRREVERSIBLE -> true;
                    case NEEDS_ATTENTION -> status.wants(DesiredState.APPLY);
                    case ROLLED_BACK, NOTHING_TO_UNDO -> named || status.cause().isPresent();
                    case SKIPPED -> named;
                    case PENDING -> isLeftBy(status, DesiredState.APPLY);
                    case UNREACHABLE -> isShutOut(status, DesiredState.APPLY);
                    case ORDERED, RUNNING, PAUSED -> false;
                    case APPLIED, SURVEYED, ADOPTED, ROLLBACK_FAILED -> false;
                };
    }

    boolean canRollBack(TargetStatus status) {
        return switch (status.state()) {
            case ROLLBACK_FAILED -> true;
            case NEEDS_ATTENTION -> status.wants(DesiredState.ROLLBACK);
            case IRREVERSIBLE -> named && backOnly;
            case PENDING -> isLeftBy(status, DesiredState.ROLLBACK);
            case UNREACHABLE -> isShutOut(status, DesiredState.ROLLBACK);
            case FAILED, ROLLED_BACK, NOTHING_TO_UNDO, SKIPPED -> false;
            case ORDERED, RUNNING, PAUSED -> false;
            case APPLIED, SURVEYED, ADOPTED -> false;
        };
    }

    /** A rollout that has ended left it where it was. */
    private boolean isLeftBy(TargetStatus status, DesiredState desired) {
        return named && !rollout.isOpen() && status.wants(desired);
    }

    private boolean isShutOut(TargetStatus status, DesiredState desired) {
        return repairs && status.wants(desired) && RepairRules.isShutOut(status);
    }

    /** Which rollout left it half way back, so that no other try can help before that is done. */
    Optional<String> heldBy(TargetStatus status) {
        boolean reverted =
                status.state() == TargetState.FAILED
                        && status.report()
                                .flatMap(OrderReport::failure)
                                .filter(each -> each.failure().code().equals(HALF_REVERTED))
                                .isPresent();
        StepPosition steps = status.database().progress().steps();
        return steps.begun()
                .or(steps::done)
                .filter(each -> reverted && each.step().direction() == Direction.DOWN)
                .map(each -> finishFirst(status, each));
    }

    private String finishFirst(TargetStatus status, LastStep last) {
        return status.id()
                + " is half way back from migration "
                + last.step().migration()
                + ", and another try would fail again; end this rollout, then 'skein rollout"
                + " rollback "
                + last.rollout()
                + " --database "
                + status.id()
                + "' finishes it";
    }

    /** Why none of these, or not all of them, can be ordered once more. */
    String whyNot(List<TargetStatus> asked) {
        Optional<String> held =
                asked.stream().map(this::heldBy).flatMap(Optional::stream).findFirst();
        if (held.isPresent()) {
            return held.get();
        }
        return named
                ? asked.stream()
                        .filter(each -> !canApply(each) && !canRollBack(each))
                        .findFirst()
                        .map(each -> each.id() + " is " + each.state().label() + why(each))
                        .orElse("none of them has failed or was rolled back")
                : "no database of it failed" + unfinished(asked);
    }

    private String why(TargetStatus status) {
        boolean way = status.state() == TargetState.FAILED || status.state().isEnd();
        return backOnly && way
                ? ", and all of the rollout is rolled back first"
                : ", and only what failed, was left out or was rolled back is ordered once more";
    }

    /** They count against the budget of a wave whose deadline has passed, and have not failed. */
    private String unfinished(List<TargetStatus> asked) {
        boolean overdue = rollout.waves().stream().anyMatch(each -> each.overdueAt().isPresent());
        int open = (int) asked.stream().filter(each -> !each.state().isEnd()).count();
        return overdue && open > 0
                ? "; "
                        + Texts.databases(open)
                        + " not done by the deadline: resume to give more time, or skip them"
                : "";
    }
}
