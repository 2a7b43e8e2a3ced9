package dev.skein.engine.execution;

import static dev.skein.engine.execution.ExecutionPhase.*;
import static dev.skein.engine.execution.Reaction.*;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The rows of {@link ExecutionTable}: in each phase, what is done about which event. */
final class ExecutionRows {
    /** The step at hand is tried again, or given up. */
    private static final ExecutionPhase[] RETRY_OR_END = {RECORDING_RETRY, RECORDING_END};

    /** A pause, a stop or a newer order ends the execution. */
    private static final List<Reaction> HELD_UP =
            List.of(
                    paused(ExecutionExit::paused, ENDED),
                    stopped(ExecutionExit::stopped, ENDED),
                    superseded(ExecutionExit::superseded, ENDED));

    /** Reactions to an action that must succeed before the step at hand counts as done. */
    private static final List<Reaction> WITHOUT_REFUSAL =
            List.of(
                    lost(RetryPolicy::lost, CONNECTING, ENDED),
                    overtaken(RetryPolicy::surveyIsVoid, WAITING_TO_SURVEY, ENDED),
                    fenced(ConnectPhase::fenced, CONNECTING, ENDED));

    /** The step at hand failed and left nothing in the database. */
    private static final List<Reaction> STEP_FAILS =
            with(WITHOUT_REFUSAL, refused(RetryPolicy::refused, RETRY_OR_END));

    /** The probe of what a run of the step at hand left, or its removal, was refused. */
    private static final List<Reaction> DOUBT_STAYS =
            with(WITHOUT_REFUSAL, refused(RetryPolicy::refusedInDoubt, RETRY_OR_END));

    /** A transaction that only writes to the ledger failed. */
    private static final List<Reaction> WRITE_FAILS =
            List.of(
                    refused(RetryPolicy::writeRefused, WAITING_TO_RECORD, ENDED),
                    lost(RetryPolicy::surveyIsVoid, WAITING_TO_SURVEY, ENDED),
                    overtaken(RetryPolicy::surveyIsVoid, WAITING_TO_SURVEY, ENDED),
                    fenced(ConnectPhase::fenced, CONNECTING, ENDED));

    /** What the step at hand may begin with. */
    private static final ExecutionPhase[] STEP_BEGINS = {
        RUNNING_SCRIPT,
        RUNNING_CHECK,
        RECORDING_START,
        RUNNING_STATEMENT,
        AWAITING_EARLIER_RUN,
        PROBING_AFTER_INTERRUPTION,
        COMPARING_AFTER_INTERRUPTION,
        RECORDING_SUCCESS,
        RECORDING_RETRY,
        RECORDING_END
    };

    /** The same where a person may have declared that it is not done. */
    private static final ExecutionPhase[] DECLARED_OR_BEGINS =
            and(STEP_BEGINS, RECORDING_DECLARED_START);

    /** What a step down begins with that no earlier attempt left in doubt. */
    private static final ExecutionPhase[] UNDO_BEGINS = {
        RUNNING_SCRIPT, RUNNING_CHECK, RECORDING_START
    };

    /** What follows once the order may be accepted. */
    private static final ExecutionPhase[] ORDER_BEGINS = {
        ACCEPTING, AWAITING_LEFT_RUN, PERMIT_BEFORE_STEP, RECORDING_END
    };

    /** The step at hand is done, and the ledger says so. */
    private static final Reaction STEP_DONE =
            done(StepSequence::stepDone, PERMIT_BEFORE_STEP, PAUSING_BETWEEN_STEPS, ENDED);

    private final Map<ExecutionPhase, List<Reaction>> rows = new EnumMap<>(ExecutionPhase.class);

    private ExecutionRows() {}

    /** The row of each phase. */
    static Map<ExecutionPhase, List<Reaction>> all() {
        ExecutionRows table = new ExecutionRows();
        table.arrival();
        table.steps();
        table.doubts();
        table.runs();
        table.undo();
        table.waits();
        return Collections.unmodifiableMap(table.rows);
    }

    private void arrival() {
        row(NEW, begun(ConnectPhase::begin, CONNECTING));
        row(
                CONNECTING,
                surveyed(ConnectPhase::surveyed, PERMIT_TO_ACCEPT, PERMIT_BEHIND_LEDGER, ENDED),
                failed(ConnectPhase::failed, WAITING_TO_CONNECT, ENDED));
        row(WAITING_TO_CONNECT, done(ConnectPhase::waited, PERMIT_TO_CONNECT));
        row(
                PERMIT_TO_CONNECT,
                go(ConnectPhase::mayConnect, CONNECTING),
                paused(ConnectPhase::pausedBeforeConnecting, CONNECTING, ENDED),
                stopped(ConnectPhase::stoppedBeforeConnecting, CONNECTING, ENDED),
                superseded(ExecutionExit::superseded, ENDED));
        row(
                PERMIT_BEHIND_LEDGER,
                go(ExecutionExit::behindLedger, ENDED),
                paused(ExecutionExit::behindLedger, ENDED),
                stopped(ExecutionExit::behindLedger, ENDED),
                superseded(ExecutionExit::superseded, ENDED));
        row(
                PERMIT_TO_ACCEPT,
                go(ConnectPhase::mayAccept, ORDER_BEGINS),
                paused(ConnectPhase::pausedBeforeAccepting, and(ORDER_BEGINS, ENDED)),
                stopped(ConnectPhase::stoppedBeforeAccepting, and(ORDER_BEGINS, ENDED)),
                superseded(ExecutionExit::superseded, ENDED));
        row(
                ACCEPTING,
                WRITE_FAILS,
                done(
                        ConnectPhase::accepted,
                        CONNECTING,
                        AWAITING_LEFT_RUN,
                        PERMIT_BEFORE_STEP,
                        RECORDING_END));
    }

    private void steps() {
        row(AWAITING_LEFT_RUN, DOUBT_STAYS, done(DelegatedPhase::leftRunEnded, PERMIT_BEFORE_STEP));
        row(
                PERMIT_BEFORE_STEP,
                HELD_UP,
                go(
                        StepSequence::start,
                        and(
                                DECLARED_OR_BEGINS,
                                PROBING_UNDO,
                                COMPARING_UNDO,
                                AWAITING_RUN_TO_UNDO)));
        row(RUNNING_SCRIPT, STEP_FAILS, STEP_DONE);
        row(
                RUNNING_CHECK,
                STEP_FAILS,
                answered(CheckPhase::answered, RECORDING_SUCCESS, RECORDING_END));
        row(
                RECORDING_START,
                WRITE_FAILS,
                done(StatementPhase::startRecorded, RUNNING_STATEMENT, RUNNING_DELEGATED));
        row(
                RECORDING_DECLARED_START,
                WRITE_FAILS,
                done(
                        StatementPhase::declaredStartRecorded,
                        and(RETRY_OR_END, RUNNING_STATEMENT, RUNNING_DELEGATED)));
        row(
                RUNNING_STATEMENT,
                WITHOUT_REFUSAL,
                done(StatementPhase::ran, PROBING_AFTER_SUCCESS, RECORDING_SUCCESS),
                refused(
                        StatementPhase::refused,
                        and(RETRY_OR_END, PROBING_AFTER_FAILURE, COMPARING_AFTER_FAILURE)));
        row(RECORDING_SUCCESS, WRITE_FAILS, STEP_DONE);
        row(RECORDING_RETRY, WRITE_FAILS, done(RetryPolicy::retryRecorded, WAITING_TO_RETRY));
        row(RECORDING_END, WRITE_FAILS, done(LedgerRecorder::ended, ENDED));
        row(ENDED);
    }

    private void doubts() {
        row(
                PROBING_AFTER_INTERRUPTION,
                DOUBT_STAYS,
                probed(
                        StatementProbe::afterInterruption,
                        RECORDING_SUCCESS,
                        RUNNING_STATEMENT,
                        RECORDING_RETRY,
                        RECORDING_END,
                        DROPPING_AFTER_INTERRUPTION,
                        FINALIZING_DETACH));
        row(
                PROBING_AFTER_SUCCESS,
                DOUBT_STAYS,
                probed(
                        StatementProbe::afterSuccess,
                        RECORDING_SUCCESS,
                        RECORDING_END,
                        DROPPING_AFTER_SUCCESS,
                        FINALIZING_DETACH));
        row(
                PROBING_AFTER_FAILURE,
                DOUBT_STAYS,
                probed(
                        StatementProbe::afterFailure,
                        and(RETRY_OR_END, DROPPING_AFTER_FAILURE, FINALIZING_DETACH)));
        row(
                DROPPING_AFTER_INTERRUPTION,
                DOUBT_STAYS,
                done(
                        StatementProbe::droppedAfterInterruption,
                        and(RETRY_OR_END, RUNNING_STATEMENT)));
        row(
                DROPPING_AFTER_SUCCESS,
                DOUBT_STAYS,
                done(StatementPhase::ranOverRemnant, RETRY_OR_END));
        row(
                DROPPING_AFTER_FAILURE,
                DOUBT_STAYS,
                done(StatementProbe::droppedAfterFailure, RETRY_OR_END));
        row(FINALIZING_DETACH, DOUBT_STAYS, done(StatementProbe::detached, RECORDING_SUCCESS));
        row(
                COMPARING_AFTER_INTERRUPTION,
                DOUBT_STAYS,
                fingerprinted(
                        InDoubtResolver::comparedAfterInterruption,
                        and(
                                RETRY_OR_END,
                                RECORDING_SUCCESS,
                                RUNNING_STATEMENT,
                                RUNNING_DELEGATED)));
        row(
                COMPARING_AFTER_FAILURE,
                DOUBT_STAYS,
                fingerprinted(InDoubtResolver::comparedAfterFailure, RETRY_OR_END));
    }

    private void runs() {
        row(
                RUNNING_DELEGATED,
                WITHOUT_REFUSAL,
                done(DelegatedPhase::ran, READING_AFTER_RUN, RECORDING_SUCCESS),
                refused(
                        DelegatedPhase::refused,
                        and(RETRY_OR_END, READING_AFTER_FAILED_RUN, COMPARING_AFTER_FAILURE)));
        row(
                READING_AFTER_RUN,
                unread(),
                surveyed(DelegatedPhase::readAfterRun, RECORDING_SUCCESS, RECORDING_END));
        row(
                READING_AFTER_FAILED_RUN,
                unread(),
                surveyed(
                        DelegatedPhase::readAfterFailedRun,
                        and(RETRY_OR_END, RECORDING_SUCCESS, COMPARING_AFTER_FAILURE)));
        row(
                AWAITING_EARLIER_RUN,
                DOUBT_STAYS,
                done(
                        DelegatedPhase::earlierEnded,
                        READING_AFTER_INTERRUPTED_RUN,
                        COMPARING_AFTER_INTERRUPTION,
                        RECORDING_DECLARED_START,
                        RECORDING_SUCCESS,
                        RECORDING_END));
        row(
                READING_AFTER_INTERRUPTED_RUN,
                unread(),
                surveyed(
                        DelegatedPhase::readAfterInterruption,
                        and(
                                RETRY_OR_END,
                                RECORDING_SUCCESS,
                                RECORDING_DECLARED_START,
                                COMPARING_AFTER_INTERRUPTION,
                                RUNNING_DELEGATED)));
        row(
                AWAITING_RUN_TO_UNDO,
                DOUBT_STAYS,
                done(
                        DelegatedPhase::earlierEnded,
                        and(
                                UNDO_BEGINS,
                                RECORDING_DECLARED_START,
                                AWAITING_EARLIER_RUN,
                                READING_RUN_TO_UNDO,
                                COMPARING_UNDO,
                                RECORDING_SUCCESS,
                                RECORDING_END)));
        row(
                READING_RUN_TO_UNDO,
                unread(),
                surveyed(DelegatedPhase::readBeforeUndo, and(DECLARED_OR_BEGINS, COMPARING_UNDO)));
    }

    /** The version table cannot be read after a run: the database is read anew, in doubt. */
    private static Reaction unread() {
        return failed(DelegatedPhase::unread, CONNECTING, ENDED);
    }

    private void undo() {
        row(
                PROBING_UNDO,
                STEP_FAILS,
                probed(UndoProbe::probed, and(DECLARED_OR_BEGINS, DROPPING_UNDO, FINALIZING_UNDO)));
        row(DROPPING_UNDO, DOUBT_STAYS, done(UndoProbe::dropped, DECLARED_OR_BEGINS));
        row(FINALIZING_UNDO, DOUBT_STAYS, done(UndoProbe::detached, DECLARED_OR_BEGINS));
        row(
                COMPARING_UNDO,
                DOUBT_STAYS,
                fingerprinted(InDoubtResolver::comparedAfterInterruption, STEP_BEGINS));
    }

    private void waits() {
        row(PAUSING_BETWEEN_STEPS, done(WaitReason.BETWEEN_STEPS::passed, PERMIT_BETWEEN_STEPS));
        row(
                PERMIT_BETWEEN_STEPS,
                HELD_UP,
                go(WaitReason.BETWEEN_STEPS::permitted, PAUSING_BETWEEN_STEPS, PERMIT_BEFORE_STEP));
        row(WAITING_TO_RETRY, done(WaitReason.RETRY::passed, PERMIT_TO_RETRY));
        row(
                PERMIT_TO_RETRY,
                HELD_UP,
                go(WaitReason.RETRY::permitted, WAITING_TO_RETRY, PERMIT_BEFORE_STEP));
        row(WAITING_TO_RECORD, done(WaitReason.RECORD::passed, PERMIT_TO_RECORD));
        row(
                PERMIT_TO_RECORD,
                HELD_UP,
                go(
                        WaitReason.RECORD::permitted,
                        WAITING_TO_RECORD,
                        ACCEPTING,
                        RECORDING_START,
                        RECORDING_DECLARED_START,
                        RECORDING_SUCCESS,
                        RECORDING_RETRY,
                        RECORDING_END));
        row(WAITING_TO_SURVEY, done(WaitReason.SURVEY::passed, PERMIT_TO_SURVEY));
        row(
                PERMIT_TO_SURVEY,
                HELD_UP,
                go(WaitReason.SURVEY::permitted, WAITING_TO_SURVEY, CONNECTING));
    }

    private void row(ExecutionPhase phase, Reaction... own) {
        row(phase, List.of(), own);
    }

    private void row(ExecutionPhase phase, List<Reaction> common, Reaction... own) {
        if (rows.put(phase, with(common, own)) != null) {
            throw new IllegalStateException("two rows of the table for " + phase);
        }
    }
}
