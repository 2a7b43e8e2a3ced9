package dev.skein.orchestrator.runtime;

import dev.skein.orchestrator.rollout.Rejection;
import dev.skein.protocol.log.Position;
import java.util.List;
import java.util.Optional;

/**
 * What came of a request to change something; never a failed future.
 *
 * @param <T> what an accepted request answers with
 */
public sealed interface Answer<T>
        permits Answer.Done, Answer.Rejected, Answer.NotLeading, Answer.Unavailable {
    /** Answers with the visitor's overload for this outcome. */
    <R> R accept(Visitor<T, R> visitor);

    /**
     * Done, and visible in every view from now on.
     *
     * @param value the answer
     * @param positions where its events are; none if nothing had to change
     */
    record Done<T>(T value, List<Position> positions) implements Answer<T> {
        /** Copies the list. */
        public Done {
            positions = List.copyOf(positions);
        }

        @Override
        public <R> R accept(Visitor<T, R> visitor) {
            return visitor.on(this);
        }
    }

    /** Refused; nothing changed. */
    record Rejected<T>(Rejection rejection) implements Answer<T> {
        @Override
        public <R> R accept(Visitor<T, R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * Another orchestrator decides; nothing changed.
     *
     * @param leaderUrl where that one answers, as far as the log tells
     */
    record NotLeading<T>(Optional<String> leaderUrl) implements Answer<T> {
        @Override
        public <R> R accept(Visitor<T, R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * The log did not answer, so that it is not known whether it happened; or there is too much to
     * do already.
     *
     * @param message what was attempted, with which numbers, and what to do
     */
    record Unavailable<T>(String message) implements Answer<T> {
        @Override
        public <R> R accept(Visitor<T, R> visitor) {
            return visitor.on(this);
        }
    }

    /** One overload an outcome: a missing case does not compile. */
    interface Visitor<T, R> {
        /** Done. */
        R on(Done<T> answer);

        /** Refused. */
        R on(Rejected<T> answer);

        /** Another one decides. */
        R on(NotLeading<T> answer);

        /** Not known, or too much to do. */
        R on(Unavailable<T> answer);
    }
}
