package dev.skein.engine.execution;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.StepFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a walk does about failures: another attempt within the order's limit, or the order's end.
 *
 * <p>Attempts are counted for the step at hand. A step whose connection was lost is not counted as
 * failed before it is known that it is not done.
 */
final class RetryPolicy {
    private final OrderExecution walk;
    private final OrderIssued order;
    private Optional<Lost> lost = Optional.empty();
    private int attempt = 1;
    private int writesFailed;

    /** A step that was under way when the connection went. */
    private record Lost(PlannedStep leg, StepFailure failure) {}

    RetryPolicy(OrderExecution walk, OrderIssued order) {
        this.walk = walk;
        this.order = order;
    }

    /** The number of the attempt at the step at hand, from 1. */
    int attempt() {
        return attempt;
    }

    /** Whether a step of this walk may still be under way in a backend that lost its client. */
    boolean hasLostStep() {
        return lost.isPresent();
    }

    /** The failure of the attempt that ended with the connection; asked once. */
    Optional<StepFailure> takeLost() {
        Optional<StepFailure> failure = lost.map(Lost::failure);
        lost = Optional.empty();
        return failure;
    }

    /** The step at hand is this one; if it is another than the one lost, that one was done. */
    void goingOnWith(PlannedStep leg) {
        if (lost.isPresent() && !lost.get().leg().ref().equals(leg.ref())) {
            lost = Optional.empty();
            attempt = 1;
        }
    }

    /** The step at hand is done. */
    void overcome() {
        attempt = 1;
        writesFailed = 0;
    }

    /** The first leg's attempt failed and, where the server says so, left nothing behind. */
    Action stepFailed(PlannedStep leg, Reply.Failed failed) {
        walk.journal().discarded();
        return switch (failed.nature()) {
            case SUPERSEDED -> walk.superseded();
            case LOST -> connectionLost(leg, failed.failure());
            case OVERTAKEN -> writeFailed(failed, walk::connect);
            case REFUSED -> retryOrGiveUp(leg, failed.failure(), true);
        };
    }

    private Action connectionLost(PlannedStep leg, StepFailure failure) {
        if (lost.isPresent()) {
            // Lost again before it was known what became of the first attempt.
            attempt++;
        }
        lost = Optional.of(new Lost(leg, failure));
        return attempt > order.limits().attempts() ? giveUpBeside(failure) : walk.connect();
    }

    /** The attempt failed, and what it left can only be found out by asking the catalogue. */
    Action unsettled(PlannedStep leg, Reply.Failed failed) {
        return failed.nature() == Reply.Failed.Nature.REFUSED
                ? retryOrGiveUp(leg, failed.failure(), false)
                : stepFailed(leg, failed);
    }

    /**
     * @param settled whether the attempt is known to have left nothing behind; if not, the next one
     *     asks the catalogue first
     */
    Action retryOrGiveUp(PlannedStep leg, StepFailure failure, boolean settled) {
        if (!failure.passing() || attempt >= order.limits().attempts()) {
            return giveUp(leg, failure, settled);
        }
        Duration wait = Backoff.after(attempt, walk.moment().chance());
        StepFailure worded = worded(leg, failure, ", next attempt in " + wait.toMillis() + " ms");
        walk.replaceFirst(settled ? leg.certain() : leg.madeUncertain());
        return walk.write(
                () ->
                        new Action.Write(
                                new Records(
                                        List.of(
                                                walk.journal()
                                                        .retried(
                                                                leg,
                                                                attempt,
                                                                worded,
                                                                wait,
                                                                settled,
                                                                walk.moment().now())),
                                        List.of())),
                () -> {
                    attempt++;
                    return walk.gate().pass(wait, walk::nextLeg);
                });
    }

    Action giveUp(PlannedStep leg, StepFailure failure, boolean settled) {
        StepFailure worded = worded(leg, failure, "");
        List<VersionChange> changes =
                walk.recordsFailureOf(leg)
                        ? leg
                                .migration()
                                .map(m -> VersionChange.failed(m, worded.message()))
                                .stream()
                                .toList()
                        : List.of();
        return walk.end(
                () ->
                        new Records(
                                List.of(
                                        walk.journal()
                                                .failed(leg, worded, settled, walk.moment().now())),
                                changes));
    }

    private StepFailure worded(PlannedStep leg, StepFailure failure, String next) {
        String attempts =
                failure.passing()
                        ? " (attempt " + attempt + " of " + order.limits().attempts() + ")"
                        : "";
        return new StepFailure(
                failure.code(),
                failure.sqlState(),
                walk.journal().place(leg) + ": " + failure.message() + attempts + next,
                failure.passing(),
                failure.blockers());
    }

    /** A transaction that only writes things down failed. */
    Action writeFailed(Reply.Failed failed, Supplier<Action> again) {
        if (failed.nature() == Reply.Failed.Nature.SUPERSEDED) {
            return walk.superseded();
        }
        writesFailed++;
        if (!failed.failure().passing() || writesFailed >= order.limits().attempts()) {
            return giveUpBeside(failed.failure());
        }
        Duration wait = Backoff.after(writesFailed, walk.moment().chance());
        return failed.nature() == Reply.Failed.Nature.REFUSED
                ? walk.gate().pass(wait, again)
                : walk.gate().pass(wait, walk::connect);
    }

    /** The order fails, and not even the ledger can be told. */
    Action giveUpBeside(StepFailure failure) {
        return walk.gate()
                .leave(
                        ExecutionEnd.FINISHED,
                        walk.journal()
                                .failedBeside(lost.map(Lost::leg), failure, walk.moment().now()));
    }
}
