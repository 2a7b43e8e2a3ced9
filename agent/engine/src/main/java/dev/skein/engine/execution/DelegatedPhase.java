package dev.skein.engine.execution;

import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.text.LastLines;
import java.util.List;

/**
 * One attempt at a migration that the team's framework runs.
 *
 * <ol>
 *   <li>Where an earlier run may have taken effect, wait for its end, and read the version table.
 *   <li>Write into the ledger that it starts. From here on a crash leads to 1.
 *   <li>Have it run. The framework's lock is not held meanwhile, because the framework takes it;
 *       Skein's own is.
 *   <li>Take the lock again and read the version table, whatever the program said of itself: it
 *       must have changed by this migration, and by nothing else.
 *   <li>Write it down as done, or retry, or fail.
 * </ol>
 *
 * <p>A run that leaves the version table to Skein, such as a script of the team's own, is believed
 * by its exit code; what it left when it was interrupted only a person can say.
 */
final class DelegatedPhase {
    /** Codes of a run that has done nothing at all. */
    private static final List<String> NEVER_STARTED =
            List.of("no-runner", "runner-differs", "runner-unfit");

    private DelegatedPhase() {}

    /**
     * Before the first permit of a step. A program may outlive the execution that had it run, and
     * no lock tells of it; an execution that left for a pause meanwhile would call the database
     * quiet.
     */
    static Transition awaitLeftRun(Execution execution) {
        return execution.progress().plannedSteps().stream()
                .flatMap(each -> each.delegatedInDoubt().stream())
                .findFirst()
                .map(
                        step ->
                                execution
                                        .with(
                                                execution
                                                        .retry()
                                                        .atStep(execution.plannedStep().ref()))
                                        .enter(
                                                ExecutionPhase.AWAITING_LEFT_RUN,
                                                new Action.AwaitRun(step)))
                .orElseGet(() -> StepSequence.next(execution));
    }

    /** Nothing is at work any more. */
    static Transition leftRunEnded(Execution execution, Reply.Done done) {
        return StepSequence.next(execution);
    }

    static Transition begin(Execution execution) {
        Execution fresh = execution.with(StatementState.NOT_RUN);
        return fresh.plannedStep().uncertain()
                ? awaitEarlier(fresh, ExecutionPhase.AWAITING_EARLIER_RUN)
                : LedgerRecorder.write(fresh, new LedgerWrite.Start(fresh.plannedStep(), false));
    }

    /** An earlier run may be at work still. */
    static Transition awaitEarlier(Execution execution, ExecutionPhase phase) {
        return execution.enter(phase, new Action.AwaitRun(inDoubt(execution)));
    }

    private static DelegatedStep step(Execution execution) {
        return (DelegatedStep) execution.plannedStep().step();
    }

    /** The step at hand, or the step up that it undoes. */
    private static DelegatedStep inDoubt(Execution execution) {
        return (DelegatedStep) InDoubtStep.of(execution).undecided();
    }

    static Transition run(Execution execution) {
        Direction direction = execution.plannedStep().ref().direction();
        return execution.enter(
                ExecutionPhase.RUNNING_DELEGATED,
                new Action.RunDelegated(step(execution), direction));
    }

    /** The program reports success. */
    static Transition ran(Execution execution, Reply.Done done) {
        Execution after = execution.with(execution.state().statement().ran(done));
        return step(after).recordsVersion()
                ? read(after, ExecutionPhase.READING_AFTER_RUN)
                : StatementPhase.succeeded(after);
    }

    /** The program reports a failure, or could not be started. */
    static Transition refused(Execution execution, Reply.Failed failed) {
        Execution after = execution.with(execution.state().statement().refused(failed.failure()));
        return step(after).recordsVersion()
                ? read(after, ExecutionPhase.READING_AFTER_FAILED_RUN)
                : afterFailure(after, failed.failure());
    }

    /** What was never started has left nothing, whatever its atomicity. */
    private static Transition afterFailure(Execution execution, StepFailure failure) {
        return NEVER_STARTED.contains(failure.code())
                ? RetryPolicy.retryOrGiveUp(execution, failure, true)
                : InDoubtResolver.afterFailure(execution, failure);
    }

    /** No earlier run is at work any more. */
    static Transition earlierEnded(Execution execution, Reply.Done done) {
        boolean undo = execution.state().phase() == ExecutionPhase.AWAITING_RUN_TO_UNDO;
        if (!inDoubt(execution).recordsVersion()) {
            return InDoubtResolver.afterInterruption(execution);
        }
        return read(
                execution,
                undo
                        ? ExecutionPhase.READING_RUN_TO_UNDO
                        : ExecutionPhase.READING_AFTER_INTERRUPTED_RUN);
    }

    private static Transition read(Execution execution, ExecutionPhase phase) {
        return execution.enter(phase, new Action.Connect());
    }

    static Transition readAfterRun(Execution execution, Reply.Surveyed reply) {
        VersionReading found = VersionReading.of(execution, reply.survey());
        return switch (found.verdict()) {
            case THERE -> StatementPhase.succeeded(execution);
            case NOT_THERE ->
                    doubtful(
                            execution,
                            "runner-without-effect",
                            found.unchanged() + printed(execution));
            case OTHERWISE ->
                    doubtful(execution, "runner-did-more", found.otherwise() + printed(execution));
        };
    }

    private static String printed(Execution execution) {
        return LastLines.told(execution.state().statement().output().orElse(""));
    }

    static Transition readAfterFailedRun(Execution execution, Reply.Surveyed reply) {
        StepFailure failure = execution.state().statement().failure().orElseThrow();
        VersionReading found = VersionReading.of(execution, reply.survey());
        return switch (found.verdict()) {
            case THERE -> StatementPhase.foundDone(execution, StepOutcome.FOUND_DONE);
            case NOT_THERE -> afterFailure(execution, failure);
            case OTHERWISE ->
                    doubtful(
                            execution,
                            failure.code(),
                            failure.message() + "; " + found.otherwise());
        };
    }

    static Transition readAfterInterruption(Execution execution, Reply.Surveyed reply) {
        VersionReading found = VersionReading.of(execution, reply.survey());
        return switch (found.verdict()) {
            case THERE -> StatementPhase.foundDone(execution, StepOutcome.FOUND_DONE);
            case NOT_THERE ->
                    step(execution).atomicity() == Atomicity.ATOMIC
                            ? StatementPhase.notDone(execution)
                            : InDoubtResolver.afterInterruption(execution);
            case OTHERWISE -> doubtful(execution, "runner-did-more", found.otherwise());
        };
    }

    /** Before a step down, after the run of its step up was interrupted. */
    static Transition readBeforeUndo(Execution execution, Reply.Surveyed reply) {
        if (VersionReading.isThere(execution, reply.survey())) {
            return UndoProbe.undo(execution);
        }
        return inDoubt(execution).atomicity() == Atomicity.ATOMIC
                ? UndoProbe.nothingToUndo(execution)
                : InDoubtResolver.afterInterruption(execution);
    }

    /** The version table could not be read again, or somebody else has its lock meanwhile. */
    static Transition unread(Execution execution, Reply.Failed failed) {
        return RetryPolicy.lost(execution, failed);
    }

    private static Transition doubtful(Execution execution, String code, String fact) {
        String advice = InDoubtStep.of(execution).advice(execution.order());
        return RetryPolicy.giveUp(execution, ReportFactory.permanent(code, fact + advice), false);
    }
}
