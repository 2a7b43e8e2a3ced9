package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.WaveApproved;
import dev.skein.protocol.event.WavePromoted;
import java.time.Instant;
import java.util.Optional;

/**
 * How far one wave has come.
 *
 * @param startedAt when its databases could first be ordered
 * @param deadlineFrom from when its deadline runs: its start, or a later retry or resume
 * @param overdueAt when the deadline was found to have passed
 * @param settledAt when its last database came to an end; the soak runs from here
 * @param promoted the decision of a person to skip the rest of the soak
 * @param approved the decision of a person that the next wave may start
 * @param passedAt when all its gates held
 */
public record WaveState(
        Optional<Instant> startedAt,
        Optional<Instant> deadlineFrom,
        Optional<Instant> overdueAt,
        Optional<Instant> settledAt,
        Optional<WavePromoted> promoted,
        Optional<WaveApproved> approved,
        Optional<Instant> passedAt) {
    private static final WaveState WAITING =
            new WaveState(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /** A wave that has not started. */
    public static WaveState waiting() {
        return WAITING;
    }

    /** Whether its databases may be ordered. */
    public boolean isStarted() {
        return startedAt.isPresent();
    }

    /** Whether its gates have held, so that it no longer keeps anything back. */
    public boolean isPassed() {
        return passedAt.isPresent();
    }

    WaveState started(Instant at) {
        return new WaveState(
                Optional.of(at),
                Optional.of(at),
                overdueAt,
                settledAt,
                promoted,
                approved,
                passedAt);
    }

    WaveState overdue(Instant at) {
        return new WaveState(
                startedAt, deadlineFrom, Optional.of(at), settledAt, promoted, approved, passedAt);
    }

    WaveState settled(Instant at) {
        return new WaveState(
                startedAt, deadlineFrom, overdueAt, Optional.of(at), promoted, approved, passedAt);
    }

    WaveState promoted(WavePromoted event) {
        return new WaveState(
                startedAt,
                deadlineFrom,
                overdueAt,
                settledAt,
                Optional.of(event),
                approved,
                passedAt);
    }

    WaveState approved(WaveApproved event) {
        return new WaveState(
                startedAt,
                deadlineFrom,
                overdueAt,
                settledAt,
                promoted,
                Optional.of(event),
                passedAt);
    }

    /** Another approval is needed. */
    WaveState revoked() {
        return new WaveState(
                startedAt,
                deadlineFrom,
                overdueAt,
                settledAt,
                promoted,
                Optional.empty(),
                passedAt);
    }

    WaveState passed(Instant at) {
        return new WaveState(
                startedAt, deadlineFrom, overdueAt, settledAt, promoted, approved, Optional.of(at));
    }

    /** Databases were added to the work: the wave is not settled, and its deadline starts again. */
    WaveState unsettled(Instant at) {
        if (!isStarted() || isPassed()) {
            return this;
        }
        return WAITING.started(startedAt.get()).withDeadlineFrom(at);
    }

    /** The deadline starts again; what was overdue no longer counts as failed. */
    WaveState withDeadlineFrom(Instant at) {
        if (!isStarted() || isPassed()) {
            return this;
        }
        return new WaveState(
                startedAt,
                Optional.of(at),
                Optional.empty(),
                settledAt,
                promoted,
                approved,
                passedAt);
    }
}
