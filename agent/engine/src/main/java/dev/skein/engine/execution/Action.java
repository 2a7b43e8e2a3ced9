package dev.skein.engine.execution;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an execution wants done next. Each is answered by one {@link Reply}. */
public sealed interface Action {
    /** Answers with the visitor's overload for this action. */
    <R> R accept(Visitor<R> visitor);

    /**
     * Opens a connection where there is none, takes the locks, prepares the ledger, reads. Replies
     * {@link Reply.Surveyed}; fails with code {@code locked} while somebody else holds a lock.
     */
    record Connect() implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * Asks whether the next step may start. Replies {@link Reply.Permitted}.
     *
     * @param betweenMigrations whether no migration is under way, so that the session may be
     *     replaced where the one before has left it otherwise than a new one is
     */
    record AskPermit(boolean betweenMigrations) implements Action {
        /** Asks at some other time. */
        public AskPermit() {
            this(false);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * Raises the ledger's epoch to the order's and writes the records, in one transaction.
     *
     * @param mends whether that transaction also removes half-done entries from the framework's
     *     version table, which only a repair order asks for
     */
    record Accept(Records records, boolean mends) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Runs a script and writes the records, in one transaction. */
    record RunScript(String sql, Records records) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * Runs statements outside a transaction.
     *
     * @param session run before it, on the same connection
     * @param patient whether the statement may wait for locks without a limit, because it keeps
     *     nobody waiting meanwhile
     */
    record RunStatement(List<String> session, String sql, boolean patient) implements Action {
        /** Copies the list. */
        public RunStatement {
            session = List.copyOf(session);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * Has the framework run one migration in one direction, by a runner beside the agent. The
     * framework's own lock is released first, and stays so.
     */
    record RunDelegated(DelegatedStep step, Direction direction) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * Waits until neither a program nor a session of an earlier run is at work in the database; one
     * that outlives its time limit is ended.
     */
    record AwaitRun(DelegatedStep step) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * Asks the catalogue. Replies {@link Reply.Probed}.
     *
     * @param session run before it, because names mean what the step's search path makes of them
     */
    record AskCatalogue(List<String> session, Probe probe) implements Action {
        /** Copies the list. */
        public AskCatalogue {
            session = List.copyOf(session);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * Asks for the digests of these objects. Replies {@link Reply.Fingerprinted}.
     *
     * @param objects as a rehearsal names them
     */
    record AskFingerprint(List<String> objects) implements Action {
        /** Copies the list. */
        public AskFingerprint {
            objects = List.copyOf(objects);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * Drops invalid indexes, concurrently.
     *
     * @param names schema-qualified and quoted
     */
    record DropIndexes(List<String> names) implements Action {
        /** Copies the list. */
        public DropIndexes {
            names = List.copyOf(names);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * Finalizes a pending detachment.
     *
     * @param session run before it
     */
    record FinalizeDetach(List<String> session, Probe.PartitionDetached probe) implements Action {
        /** Copies the list. */
        public FinalizeDetach {
            session = List.copyOf(session);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Runs a query in a read-only transaction. Replies {@link Reply.Answered}. */
    record RunCheck(String query) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Writes the records in a transaction of their own. */
    record Write(Records records) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * Lets time pass.
     *
     * @param saying a report, not counted, to be sent at once
     */
    record Wait(Duration duration, Optional<Envelope> saying) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * Ends the execution: waits until all reports are acknowledged, releases the locks, closes the
     * connection, sends the last report. There is no reply.
     *
     * @param saying a report, not counted
     */
    record Leave(ExecutionEnd end, Optional<Envelope> saying) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** One overload an action: a missing case does not compile. */
    interface Visitor<R> {
        /** Connection, locks, survey. */
        R on(Connect action);

        /** May the next step start? */
        R on(AskPermit action);

        /** The order's epoch becomes the ledger's. */
        R on(Accept action);

        /** A script with its records. */
        R on(RunScript action);

        /** A statement outside a transaction. */
        R on(RunStatement action);

        /** A migration that its framework runs. */
        R on(RunDelegated action);

        /** The end of an earlier run. */
        R on(AwaitRun action);

        /** A question to the catalogue. */
        R on(AskCatalogue action);

        /** In what state the objects of a step are. */
        R on(AskFingerprint action);

        /** What interrupted runs left is dropped. */
        R on(DropIndexes action);

        /** A pending detachment is finalized. */
        R on(FinalizeDetach action);

        /** A query that must give one answer. */
        R on(RunCheck action);

        /** Records alone. */
        R on(Write action);

        /** Time passes. */
        R on(Wait action);

        /** The execution is over. */
        R on(Leave action);
    }
}
