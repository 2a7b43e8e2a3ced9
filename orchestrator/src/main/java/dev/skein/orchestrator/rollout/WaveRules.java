package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DesiredState;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.fleet.WaveState;
import dev.skein.protocol.event.PauseCause;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.RolloutOutcome;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.event.WaveOverdue;
import dev.skein.protocol.event.WavePassed;
import dev.skein.protocol.event.WaveSettled;
import dev.skein.protocol.event.WaveStarted;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.strategy.OnFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What is due for the current wave: start, overdue, failed, settled, passed; then the end. */
final class WaveRules {
    /** Who acts when nobody asked: the strategy. */
    static final String BY_STRATEGY = "strategy";

    private final DecisionDraft draft;
    private final RolloutState rollout;
    private final int index;
    private final WaveState wave;
    private final StateCounts counts;

    private WaveRules(DecisionDraft draft, int index) {
        this.draft = draft;
        this.index = index;
        rollout = draft.rollout();
        wave = rollout.waves().get(index);
        counts = draft.targets().wave(index);
    }

    /** The next event that is due; none while the wave waits. */
    static Optional<RolloutEvent> next(DecisionDraft draft) {
        int current = draft.rollout().currentWave();
        if (current < draft.rollout().waves().size()) {
            return new WaveRules(draft, current).next();
        }
        boolean ended = draft.targets().all().unfinished() == 0;
        return ended
                ? Optional.of(AdvanceHandler.closed(draft, RolloutOutcome.COMPLETED))
                : Optional.empty();
    }

    private Optional<RolloutEvent> next() {
        if (!wave.isStarted()) {
            return Optional.of(new WaveStarted(rollout.id(), index, draft.now()));
        }
        if (isOverdue()) {
            return Optional.of(
                    new WaveOverdue(rollout.id(), index, counts.unfinished(), draft.now()));
        }
        OnFailure policy = rollout.spec(index).limits().onFailure();
        if (failures() > failuresAllowed() && policy != OnFailure.CONTINUE) {
            return Optional.of(failed(policy));
        }
        if (counts.unfinished() > 0) {
            return Optional.empty();
        }
        return wave.settledAt().isEmpty() ? Optional.of(settled()) : passed();
    }

    private boolean isOverdue() {
        return wave.overdueAt().isEmpty()
                && counts.unfinished() > 0
                && Gates.deadlineAt(rollout, index)
                        .filter(deadline -> !draft.now().isBefore(deadline))
                        .isPresent();
    }

    private int failures() {
        return counts.failures(wave.overdueAt().isPresent());
    }

    private int failuresAllowed() {
        return Gates.failuresAllowed(rollout, index, counts.databases());
    }

    private RolloutEvent settled() {
        int applied = counts.done();
        int failed = counts.failures(false);
        int others = counts.databases() - applied - failed;
        return new WaveSettled(rollout.id(), index, applied, failed, others, draft.now());
    }

    private Optional<RolloutEvent> passed() {
        boolean waits =
                Gates.isSoaking(rollout, index, draft.now()) || Gates.lacksApproval(rollout, index);
        return waits
                ? Optional.empty()
                : Optional.of(new WavePassed(rollout.id(), index, draft.now()));
    }

    private RolloutEvent failed(OnFailure policy) {
        return switch (policy) {
            case PAUSE, CONTINUE -> paused();
            case ROLLBACK_WAVE ->
                    rolledBack(RollbackScope.WAVE, ordered(each -> each.wave() == index));
            case ROLLBACK_ROLLOUT -> rolledBack(RollbackScope.ALL, draft.targets().inOrder());
        };
    }

    private List<TargetStatus> ordered(Predicate<TargetStatus> condition) {
        return draft.targets().where(condition).filter(TargetStatus::wasOrdered).toList();
    }

    private RolloutEvent rolledBack(RollbackScope scope, List<TargetStatus> candidates) {
        List<DatabaseId> databases =
                candidates.stream()
                        .filter(each -> each.wants(DesiredState.APPLY))
                        .map(TargetStatus::id)
                        .toList();
        if (databases.isEmpty()) {
            return paused();
        }
        return new RollbackRequested(
                rollout.id(), scope, databases, reason(), BY_STRATEGY, draft.now());
    }

    private RolloutEvent paused() {
        return new RolloutPaused(
                rollout.id(),
                rollout.pauses() + 1,
                PauseCause.FAILURE_BUDGET,
                reason(),
                BY_STRATEGY,
                draft.now());
    }

    private String reason() {
        return "wave "
                + rollout.spec(index).name()
                + ": "
                + counts.failures(false)
                + " of "
                + Texts.databases(counts.databases())
                + " failed"
                + overdue()
                + ", "
                + failuresAllowed()
                + " allowed";
    }

    /** They count, but nothing went wrong with them. */
    private String overdue() {
        return wave.overdueAt().isPresent()
                ? " and " + counts.unfinished() + " not done by the deadline"
                : "";
    }
}
