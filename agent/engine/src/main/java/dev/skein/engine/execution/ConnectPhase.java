package dev.skein.engine.execution;

import dev.skein.protocol.event.StepFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A walk's way into the database, as often as it takes. */
final class ConnectPhase {
    private static final String ACTIVE = "active";
    private static final String LOCKED = "locked";

    private final OrderExecution walk;
    private final Duration patience;
    private Optional<Instant> outSince = Optional.empty();
    private int attempt;

    ConnectPhase(OrderExecution walk, Duration patience) {
        this.walk = walk;
        this.patience = patience;
    }

    Action connect() {
        return walk.ask(new Action.Connect(), this::connected);
    }

    private Action connected(Reply reply) {
        if (reply instanceof Reply.Failed failed) {
            return failed.failure().passing()
                    ? outOfReach(failed.failure())
                    : walk.setbacks().giveUpBeside(failed.failure());
        }
        outSince = Optional.empty();
        attempt = 0;
        return walk.surveyed(((Reply.Surveyed) reply).survey());
    }

    private Action outOfReach(StepFailure failure) {
        Instant now = walk.moment().now();
        attempt++;
        if (outSince.isEmpty() || atWork(failure)) {
            outSince = Optional.of(now);
        }
        Duration out = Duration.between(outSince.get(), now);
        if (out.compareTo(patience) >= 0) {
            return walk.setbacks().giveUpBeside(exhausted(failure, out));
        }
        Duration wait = Backoff.after(attempt, walk.moment().chance());
        return walk.ask(
                new Action.Wait(
                        wait, Optional.of(walk.journal().unavailable(failure, attempt, wait, now))),
                reply -> walk.gate().arriving(this::connect));
    }

    /** A holder of the lock that is executing something is no reason to lose patience. */
    private static boolean atWork(StepFailure failure) {
        return failure.blockers().stream().anyMatch(each -> ACTIVE.equals(each.state()));
    }

    private StepFailure exhausted(StepFailure failure, Duration out) {
        return new StepFailure(
                failure.code().equals(LOCKED) ? LOCKED : "unavailable",
                failure.sqlState(),
                failure.message()
                        + " ("
                        + attempt
                        + " attempts in "
                        + out.toSeconds()
                        + " s); given up, retry when it is back",
                true,
                failure.blockers());
    }
}
