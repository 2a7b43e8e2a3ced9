package dev.skein.engine.execution;

import java.time.Duration;
import java.util.Optional;

/**
 * Why an execution waits. Time passes in parts, and after each the permit is asked for, so that a
 * pause is seen soon.
 */
enum WaitReason {
    /** The order wants a pause between steps. */
    BETWEEN_STEPS(ExecutionPhase.PAUSING_BETWEEN_STEPS, ExecutionPhase.PERMIT_BETWEEN_STEPS),
    /** The step at hand is tried again. */
    RETRY(ExecutionPhase.WAITING_TO_RETRY, ExecutionPhase.PERMIT_TO_RETRY),
    /** What could not be written is written again. */
    RECORD(ExecutionPhase.WAITING_TO_RECORD, ExecutionPhase.PERMIT_TO_RECORD),
    /** The database is read again. */
    SURVEY(ExecutionPhase.WAITING_TO_SURVEY, ExecutionPhase.PERMIT_TO_SURVEY);

    private static final Duration PERMIT_INTERVAL = Duration.ofSeconds(1);

    private final ExecutionPhase waiting;
    private final ExecutionPhase asking;

    WaitReason(ExecutionPhase waiting, ExecutionPhase asking) {
        this.waiting = waiting;
        this.asking = asking;
    }

    /** Waits so long, then goes on; at once where there is nothing to wait for. */
    Transition begin(Execution execution, Duration duration) {
        if (duration.isZero()) {
            return goOn(execution);
        }
        Duration part = duration.compareTo(PERMIT_INTERVAL) < 0 ? duration : PERMIT_INTERVAL;
        return execution
                .with(execution.state().pending().waiting(duration.minus(part)))
                .enter(waiting, new Action.Wait(part, Optional.empty()));
    }

    /** A part of the wait has passed. */
    Transition passed(Execution execution, Reply.Done done) {
        return execution.enter(asking, new Action.AskPermit());
    }

    /** It may go on. */
    Transition permitted(Execution execution, Reply.Permitted reply) {
        return begin(execution, execution.state().pending().left());
    }

    private Transition goOn(Execution execution) {
        return switch (this) {
            case BETWEEN_STEPS, RETRY -> StepSequence.next(execution);
            case RECORD -> LedgerRecorder.writeAgain(execution);
            case SURVEY -> ConnectPhase.connect(execution);
        };
    }
}
