package dev.skein.engine.execution;

import dev.skein.protocol.Backoff;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.FailedStatement;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepRef;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What follows on a failure: another attempt within the order's limit, or the order's end. */
final class RetryPolicy {
    static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    private RetryPolicy() {}

    /** The server refused the step at hand, which left nothing behind. */
    static Transition refused(Execution execution, Reply.Failed failed) {
        return retryOrGiveUp(execution, failed.failure(), true);
    }

    /** The server refused, and what the step at hand left is still not known. */
    static Transition refusedInDoubt(Execution execution, Reply.Failed failed) {
        return retryOrGiveUp(execution, failed.failure(), false);
    }

    /**
     * The connection was lost while the step at hand ran. Only the database knows whether it took
     * effect, so it is read again.
     */
    static Transition lost(Execution execution, Reply.Failed failed) {
        RetryState retry = execution.retry().lost(execution.plannedStep().ref(), failed.failure());
        Execution after = execution.with(retry);
        return retry.attempt() > execution.context().attemptsMax()
                ? ExecutionExit.failedBeside(after, failed.failure())
                : ConnectPhase.connect(after);
    }

    /**
     * Tries the step at hand again, or gives it up.
     *
     * @param clean whether the attempt is known to have left nothing behind; if not, the next one
     *     asks the catalogue first
     */
    static Transition retryOrGiveUp(Execution failed, StepFailure failure, boolean clean) {
        Execution execution = timed(failed);
        int attempt = execution.retry().attempt();
        boolean exhausted = attempt >= execution.context().attemptsMax() || isTimeUp(execution);
        if (!failure.passing() || exhausted) {
            return giveUp(execution, failure, clean);
        }
        PlannedStep plannedStep = execution.plannedStep();
        Duration wait = BACKOFF.after(attempt, execution.at().jitter());
        StepFailure worded =
                worded(execution, failure, ", next attempt in " + wait.toMillis() + " ms");
        PlannedStep again = clean ? plannedStep.certain() : plannedStep.madeUncertain();
        return LedgerRecorder.write(
                execution.with(execution.progress().withPlannedStep(again)),
                new LedgerWrite.Retry(plannedStep, worded, wait, clean));
    }

    /** Since when the step fails is kept only where that is a limit. */
    private static Execution timed(Execution execution) {
        return execution.order().limits().retryFor().isPresent()
                ? execution.with(execution.retry().failing(execution.at().now()))
                : execution;
    }

    private static boolean isTimeUp(Execution execution) {
        return execution
                .order()
                .limits()
                .retryFor()
                .filter(limit -> execution.retry().isFailingFor(limit, execution.at().now()))
                .isPresent();
    }

    /** The ledger says that the step at hand is tried again. */
    static Transition retryRecorded(Execution execution, Reply.Done done) {
        Duration wait =
                execution
                        .state()
                        .pending()
                        .write()
                        .map(LedgerWrite::waitAfter)
                        .orElse(Duration.ZERO);
        Execution after = execution.recorded();
        return WaitReason.RETRY.begin(after.with(after.retry().nextAttempt()), wait);
    }

    /** The order ends because of the step at hand. */
    static Transition giveUp(Execution execution, StepFailure failure, boolean clean) {
        return giveUp(execution, failure, clean, "");
    }

    /**
     * The order ends because of the step at hand, of which a person has to find out what it left.
     *
     * @param advice what may have stayed and what to do, said behind the place of the statement
     */
    static Transition giveUpInDoubt(Execution execution, StepFailure failure, String advice) {
        return giveUp(execution, failure, false, advice);
    }

    private static Transition giveUp(
            Execution execution, StepFailure failure, boolean clean, String next) {
        return LedgerRecorder.write(
                execution,
                new LedgerWrite.Failure(
                        execution.plannedStep(), worded(execution, failure, next), clean));
    }

    /**
     * With the step's place among the order's, {@code step 3/7 of r-42}, and that of the statement.
     */
    private static StepFailure worded(Execution execution, StepFailure failure, String next) {
        String position = place(execution);
        String attempts =
                failure.passing()
                        ? " (attempt "
                                + execution.retry().attempt()
                                + " of "
                                + execution.context().attemptsMax()
                                + execution
                                        .order()
                                        .limits()
                                        .retryFor()
                                        .map(limit -> ", for at most " + limit.toSeconds() + " s")
                                        .orElse("")
                                + ")"
                        : "";
        Optional<FailedStatement> statement =
                failure.statement().map(failed -> FailedPlace.of(execution.plannedStep(), failed));
        return failure.with(statement)
                .saying(
                        position
                                + ": "
                                + failure.message()
                                + statement.map(FailedStatement::place).orElse("")
                                + lineOfTheStep(failure, statement)
                                + attempts
                                + next);
    }

    /** The checks that come after the last step are none of the steps. */
    private static String place(Execution execution) {
        StepRef step = execution.plannedStep().ref();
        OrderProgress progress = execution.progress();
        int checks = execution.order().checks().size();
        boolean isCheck = step.direction() == Direction.CHECK;
        return "%s %d/%d of %s (%s)"
                .formatted(
                        isCheck ? "check" : "step",
                        isCheck ? step.index() + 1 : progress.stepsDone() + 1,
                        isCheck ? checks : progress.stepsTotal() - checks,
                        execution.order().rollout(),
                        isCheck
                                ? step.migration()
                                : "%s, %s %d"
                                        .formatted(
                                                step.migration(),
                                                step.direction().label(),
                                                step.index() + 1));
    }

    /** Where neither the lines nor the numbers are known of a file. */
    private static String lineOfTheStep(StepFailure failure, Optional<FailedStatement> placed) {
        OptionalInt line =
                failure.statement().map(FailedStatement::line).orElse(OptionalInt.empty());
        boolean known =
                placed.filter(each -> each.line().isPresent() || each.number().isPresent())
                        .isPresent();
        return line.isEmpty() || known ? "" : ", line " + line.getAsInt() + " of the step";
    }

    /** A write to the ledger was refused: the same is written again. */
    static Transition writeRefused(Execution execution, Reply.Failed failed) {
        return writeFailed(execution, failed, WaitReason.RECORD);
    }

    /**
     * Whether a write to the ledger took effect is unknown, or the version table has changed under
     * the execution: the database is read again.
     */
    static Transition surveyIsVoid(Execution execution, Reply.Failed failed) {
        return writeFailed(execution, failed, WaitReason.SURVEY);
    }

    private static Transition writeFailed(
            Execution execution, Reply.Failed failed, WaitReason reason) {
        Execution after = execution.with(execution.retry().writeFailed());
        int writesFailed = after.retry().writesFailed();
        if (!failed.failure().passing() || writesFailed >= after.context().attemptsMax()) {
            return ExecutionExit.failedBeside(after, failed.failure());
        }
        return reason.begin(after, BACKOFF.after(writesFailed, after.at().jitter()));
    }
}
