package dev.skein.engine.execution;

import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.StatementStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One attempt at a statement that no transaction bounds.
 *
 * <ol>
 *   <li>Where an earlier run may have taken effect, find out; see {@link StatementProbe}.
 *   <li>Write into the ledger that it starts. From here on a crash leads to 1.
 *   <li>Run it.
 *   <li>Ask the catalogue whether its effect is there: {@code if not exists} also succeeds where
 *       another run left an invalid index.
 *   <li>Write it down as done. Or, if the server refused it: drop what it left, then retry or fail.
 * </ol>
 */
final class StatementPhase {
    private StatementPhase() {}

    static Transition begin(Execution execution) {
        Execution fresh = execution.with(StatementState.NOT_RUN);
        if (!fresh.plannedStep().uncertain()) {
            return LedgerRecorder.write(fresh, new LedgerWrite.Start(fresh.plannedStep(), false));
        }
        return switch (probeKind(fresh)) {
            case CATALOGUE -> StatementProbe.ask(fresh, ExecutionPhase.PROBING_AFTER_INTERRUPTION);
            case REPEATABLE -> notDone(fresh);
            case NONE -> InDoubtResolver.afterInterruption(fresh);
        };
    }

    static StatementStep step(Execution execution) {
        return (StatementStep) execution.plannedStep().step();
    }

    private static ProbeKind probeKind(Execution execution) {
        return ProbeKind.of(step(execution).probe());
    }

    /** An earlier run took effect, by the catalogue or by a person's repair. */
    static Transition foundDone(Execution execution, StepOutcome outcome) {
        return LedgerRecorder.writeSuccess(
                execution, execution.plannedStep(), outcome, Duration.ZERO);
    }

    /**
     * The earlier run left nothing; if it was this execution's own, it counts as a failed attempt.
     */
    static Transition notDone(Execution execution) {
        Execution known = execution.with(execution.retry().withoutLost());
        return execution
                .retry()
                .lost()
                .map(
                        lost ->
                                RetryPolicy.retryOrGiveUp(
                                        known, lost.failure(), leavesNoTrace(execution)))
                .orElseGet(() -> run(execution));
    }

    /** A concurrent drop that failed leaves the index, possibly invalid. */
    static boolean leavesNoTrace(Execution execution) {
        return !(execution.plannedStep().step() instanceof StatementStep step
                && step.probe() instanceof Probe.IndexDropped);
    }

    /** The ledger says that it starts. */
    static Transition startRecorded(Execution execution, Reply.Done done) {
        return run(execution.recorded());
    }

    /** The ledger says that it starts, because a person has declared that it is not done. */
    static Transition declaredStartRecorded(Execution execution, Reply.Done done) {
        return notDone(execution.recorded());
    }

    private static Transition run(Execution execution) {
        if (execution.plannedStep().step() instanceof DelegatedStep) {
            return DelegatedPhase.run(execution);
        }
        StatementStep step = step(execution);
        boolean patient = probeKind(execution) == ProbeKind.CATALOGUE;
        return execution.enter(
                ExecutionPhase.RUNNING_STATEMENT,
                new Action.RunStatement(step.session(), step.sql(), patient));
    }

    static Transition ran(Execution execution, Reply.Done done) {
        Execution after = execution.with(execution.state().statement().ran(done));
        return probeKind(after) == ProbeKind.CATALOGUE
                ? StatementProbe.ask(after, ExecutionPhase.PROBING_AFTER_SUCCESS)
                : succeeded(after);
    }

    static Transition succeeded(Execution execution) {
        StatementState statement = execution.state().statement();
        return LedgerRecorder.writeSuccess(
                execution, execution.plannedStep(), statement.outcome(), statement.elapsed());
    }

    static Transition refused(Execution execution, Reply.Failed failed) {
        Execution after = execution.with(execution.state().statement().refused(failed.failure()));
        return switch (probeKind(after)) {
            case CATALOGUE -> StatementProbe.ask(after, ExecutionPhase.PROBING_AFTER_FAILURE);
            case REPEATABLE -> RetryPolicy.refused(after, failed);
            case NONE -> InDoubtResolver.afterFailure(after, failed.failure());
        };
    }

    /** It reported success because of an invalid index of that name, which is dropped now. */
    static Transition ranOverRemnant(Execution execution, Reply.Done done) {
        StepFailure failure =
                new StepFailure(
                        "invalid-index",
                        Optional.empty(),
                        "an invalid index of that name was in the way and has been dropped",
                        true,
                        List.of());
        return RetryPolicy.retryOrGiveUp(execution, failure, true);
    }
}
