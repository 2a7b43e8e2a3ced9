package dev.skein.engine.execution;

import dev.skein.protocol.event.StepFailure;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What became of an {@link Action}. */
public sealed interface Reply extends ExecutionEvent {
    /** The connection is open, its locks are held, and this is what the database says. */
    record Surveyed(Survey survey) implements Reply {
        @Override
        public Kind kind() {
            return Kind.SURVEYED;
        }
    }

    /** Whether the next step may start. */
    record Permitted(Permit permit) implements Reply {
        @Override
        public Kind kind() {
            return switch (permit.kind()) {
                case GO -> Kind.PERMIT_GO;
                case PAUSED -> Kind.PERMIT_PAUSED;
                case STOPPED -> Kind.PERMIT_STOPPED;
                case SUPERSEDED -> Kind.PERMIT_SUPERSEDED;
            };
        }
    }

    /**
     * It is done.
     *
     * @param elapsed how long it took
     * @param output what a program printed that did it
     */
    record Done(Duration elapsed, Optional<String> output) implements Reply {
        /** No program did it. */
        public Done(Duration elapsed) {
            this(elapsed, Optional.empty());
        }

        @Override
        public Kind kind() {
            return Kind.DONE;
        }
    }

    /** What the catalogue shows. */
    record Probed(ProbeResult result) implements Reply {
        @Override
        public Kind kind() {
            return Kind.PROBED;
        }
    }

    /**
     * What the objects asked for are.
     *
     * @param digests by object; one that is not there has none
     */
    record Fingerprinted(SortedMap<String, String> digests) implements Reply {
        /** Copies the map. */
        public Fingerprinted {
            digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
        }

        @Override
        public Kind kind() {
            return Kind.FINGERPRINTED;
        }
    }

    /** What a check's query selected; empty for SQL's null. */
    record Answered(Optional<String> value) implements Reply {
        @Override
        public Kind kind() {
            return Kind.ANSWERED;
        }
    }

    /** It failed. */
    record Failed(StepFailure failure, Nature nature) implements Reply {
        /** What is known after a failure. */
        public enum Nature {
            /** The server refused: nothing of it took effect. */
            REFUSED,
            /** The connection is lost: whether it took effect is unknown. */
            LOST,
            /**
             * The version table no longer says what the survey found: nothing took effect, and the
             * survey has to be made again.
             */
            OVERTAKEN,
            /** The ledger holds a higher epoch: nothing took effect, and nothing more may. */
            SUPERSEDED
        }

        /** The server refused. */
        public static Failed refused(StepFailure failure) {
            return new Failed(failure, Nature.REFUSED);
        }

        @Override
        public Kind kind() {
            return switch (nature) {
                case REFUSED -> Kind.FAILED_REFUSED;
                case LOST -> Kind.FAILED_LOST;
                case OVERTAKEN -> Kind.FAILED_OVERTAKEN;
                case SUPERSEDED -> Kind.FAILED_SUPERSEDED;
            };
        }
    }
}
