package dev.skein.engine.execution;

import dev.skein.engine.execution.ExecutionEvent.Kind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What one order's execution is doing, or waiting for. */
enum ExecutionPhase {
    /** It has not begun. */
    NEW(Awaited.BEGIN),

    /** It connects, takes the locks and reads the database. */
    CONNECTING(Awaited.SURVEY),
    /** The database is out of reach; it waits before it connects again. */
    WAITING_TO_CONNECT(Awaited.TIME),
    /** It asks whether it may connect again. */
    PERMIT_TO_CONNECT(Awaited.PERMIT),
    /** The ledger is ahead of the order; it asks whether a newer order is known. */
    PERMIT_BEHIND_LEDGER(Awaited.PERMIT),
    /** It asks whether it may accept the order and go on. */
    PERMIT_TO_ACCEPT(Awaited.PERMIT),
    /** It raises the ledger's epoch and writes that the order is accepted. */
    ACCEPTING(Awaited.WRITE),

    /** A run of an earlier execution may be at work; it waits for its end before it may pause. */
    AWAITING_LEFT_RUN(Awaited.WRITE),
    /** It asks whether the next step may start. */
    PERMIT_BEFORE_STEP(Awaited.PERMIT),
    /** A script runs, together with what proves that it is done. */
    RUNNING_SCRIPT(Awaited.WRITE),
    /** The query of a check runs. */
    RUNNING_CHECK(Awaited.ANSWER),
    /** It writes that a statement starts. */
    RECORDING_START(Awaited.WRITE),
    /** It writes that a statement starts which a person has declared not to be done. */
    RECORDING_DECLARED_START(Awaited.WRITE),
    /** A statement runs outside a transaction. */
    RUNNING_STATEMENT(Awaited.WRITE),

    /** The framework runs a migration. */
    RUNNING_DELEGATED(Awaited.WRITE),
    /** The run succeeded; it reads what the version table says. */
    READING_AFTER_RUN(Awaited.SURVEY),
    /** The run failed; it reads what the version table says. */
    READING_AFTER_FAILED_RUN(Awaited.SURVEY),
    /** An earlier run was interrupted; it waits until that is at work no more. */
    AWAITING_EARLIER_RUN(Awaited.WRITE),
    /** An earlier run has ended; it reads what the version table says. */
    READING_AFTER_INTERRUPTED_RUN(Awaited.SURVEY),
    /** Before a step down: it waits until an interrupted run of the step up is at work no more. */
    AWAITING_RUN_TO_UNDO(Awaited.WRITE),
    /** Before a step down: that run has ended; it reads what the version table says. */
    READING_RUN_TO_UNDO(Awaited.SURVEY),

    /** An earlier run of the statement was interrupted; it asks the catalogue what that left. */
    PROBING_AFTER_INTERRUPTION(Awaited.PROBE),
    /** The statement succeeded; it asks the catalogue whether the effect is there. */
    PROBING_AFTER_SUCCESS(Awaited.PROBE),
    /** The statement failed; it asks the catalogue what that left. */
    PROBING_AFTER_FAILURE(Awaited.PROBE),
    /** It drops the invalid index of an interrupted run. */
    DROPPING_AFTER_INTERRUPTION(Awaited.WRITE),
    /** It drops the invalid index in the way of a statement that says it succeeded. */
    DROPPING_AFTER_SUCCESS(Awaited.WRITE),
    /** It drops the invalid index that a failed statement left. */
    DROPPING_AFTER_FAILURE(Awaited.WRITE),
    /** It finalizes the pending detachment of a partition. */
    FINALIZING_DETACH(Awaited.WRITE),
    /** An earlier run was interrupted; it compares the step's objects with the rehearsal's. */
    COMPARING_AFTER_INTERRUPTION(Awaited.FINGERPRINT),
    /** The statement failed; it compares the step's objects with the rehearsal's. */
    COMPARING_AFTER_FAILURE(Awaited.FINGERPRINT),

    /** Before a step down: it asks the catalogue whether there is anything to undo. */
    PROBING_UNDO(Awaited.PROBE),
    /** Before a step down: it drops the invalid index that the step up left. */
    DROPPING_UNDO(Awaited.WRITE),
    /** Before a step down: it finalizes the pending detachment of the step up. */
    FINALIZING_UNDO(Awaited.WRITE),
    /** Before a step down: it compares the objects of the step up with the rehearsal's. */
    COMPARING_UNDO(Awaited.FINGERPRINT),

    /** It writes that a step is done. */
    RECORDING_SUCCESS(Awaited.WRITE),
    /** It writes that a step is tried again. */
    RECORDING_RETRY(Awaited.WRITE),
    /** It writes the order's end. */
    RECORDING_END(Awaited.WRITE),

    /** The pause that the order wants between steps. */
    PAUSING_BETWEEN_STEPS(Awaited.TIME),
    /** Within or after that pause it asks whether it may go on. */
    PERMIT_BETWEEN_STEPS(Awaited.PERMIT),
    /** A step failed; it waits before the next attempt. */
    WAITING_TO_RETRY(Awaited.TIME),
    /** Within or after that wait it asks whether it may go on. */
    PERMIT_TO_RETRY(Awaited.PERMIT),
    /** A write to the ledger was refused; it waits before it writes the same again. */
    WAITING_TO_RECORD(Awaited.TIME),
    /** Within or after that wait it asks whether it may go on. */
    PERMIT_TO_RECORD(Awaited.PERMIT),
    /** What was found is no longer known to hold; it waits before it reads the database again. */
    WAITING_TO_SURVEY(Awaited.TIME),
    /** Within or after that wait it asks whether it may go on. */
    PERMIT_TO_SURVEY(Awaited.PERMIT),

    /** It has left the database. */
    ENDED(Awaited.NOTHING);

    private final Awaited awaited;

    ExecutionPhase(Awaited awaited) {
        this.awaited = awaited;
    }

    /** What it waits for. */
    Awaited awaited() {
        return awaited;
    }

    /** Its name in texts: {@code permit before step}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * What a phase waits for, and so which events it has a transition for. All others are faults:
     * each action has one reply, so no event is left over that could be ignored.
     */
    enum Awaited {
        /** The beginning. */
        BEGIN(EnumSet.of(Kind.BEGIN)),
        /** That it is connected. */
        SURVEY(orFailures(Kind.SURVEYED)),
        /** Whether it may go on. */
        PERMIT(EnumSet.range(Kind.PERMIT_GO, Kind.PERMIT_SUPERSEDED)),
        /** That time passes. */
        TIME(EnumSet.of(Kind.DONE)),
        /** That something is done to the database. */
        WRITE(orFailures(Kind.DONE)),
        /** The catalogue's answer. */
        PROBE(orFailures(Kind.PROBED)),
        /** The digests of objects. */
        FINGERPRINT(orFailures(Kind.FINGERPRINTED)),
        /** The answer to a check's query. */
        ANSWER(orFailures(Kind.ANSWERED)),
        /** It is over. */
        NOTHING(EnumSet.noneOf(Kind.class));

        private final Set<Kind> events;

        Awaited(EnumSet<Kind> events) {
            this.events = Collections.unmodifiableSet(events);
        }

        private static EnumSet<Kind> orFailures(Kind success) {
            EnumSet<Kind> events = EnumSet.range(Kind.FAILED_REFUSED, Kind.FAILED_SUPERSEDED);
            events.add(success);
            return events;
        }

        /** The events that can come. */
        Set<Kind> events() {
            return events;
        }
    }
}
