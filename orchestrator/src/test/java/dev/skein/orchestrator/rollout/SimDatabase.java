package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Reports.FAILURE;

import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseIrreversible;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.DatabaseUnavailable;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.event.StepRetried;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.id.DatabaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/** One database with its ledger, and the agent's walk through its orders, one move at a time. */
final class SimDatabase {
    static final int STEPS = 3;

    private final DatabaseId id;
    private final Lab lab;
    private long sequence;
    private Optional<StepEvent> lastCounted = Optional.empty();
    private Optional<OrderIssued> order = Optional.empty();
    private boolean ended = true;
    private int confirmedPause;
    private int steps;

    SimDatabase(DatabaseId id, Lab lab) {
        this.id = id;
        this.lab = lab;
    }

    DatabaseId id() {
        return id;
    }

    /** Steps of the plan that are in the database. */
    int steps() {
        return steps;
    }

    /** Takes an order from the log; an older one than the ledger knows is refused. */
    void take(OrderIssued next) {
        if (order.isPresent() && next.epoch() <= order.get().epoch()) {
            return;
        }
        order = Optional.of(next);
        ended = false;
        confirmedPause = 0;
        // A ledger that knows less than the orchestrator goes on from what that has seen.
        sequence = Math.max(sequence, next.lastSequence());
    }

    /**
     * One move.
     *
     * @param pause the number of the pause that the agent has seen; 0 for none
     * @param faultPercent how often a move goes wrong
     * @return whether a step has started
     */
    boolean move(SplittableRandom random, int pause, boolean aborted, int faultPercent) {
        if (ended) {
            return false;
        }
        if (aborted) {
            return stop();
        }
        if (pause > 0) {
            confirm(pause);
            return false;
        }
        if (random.nextInt(100) < faultPercent) {
            goWrong(random);
            return false;
        }
        return step(random);
    }

    /** Sends the last counted report once more, as after a crash. */
    void resend() {
        lastCounted.ifPresent(event -> lab.report(sequence, event));
    }

    private boolean stop() {
        ended = true;
        lab.reportUncounted(
                new OrderStopped(id, current().rollout(), current().epoch(), progress(), at()));
        return false;
    }

    private void confirm(int pause) {
        if (pause > confirmedPause) {
            confirmedPause = pause;
            OrderIssued now = current();
            lab.reportUncounted(
                    new OrderPaused(id, now.rollout(), now.epoch(), pause, progress(), at()));
        }
    }

    private boolean step(SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            report(accepted());
        }
        boolean back = current().kind() == OrderKind.ROLLBACK;
        if (steps == (back ? 0 : STEPS)) {
            end(back ? rolledBack() : applied());
            return false;
        }
        int index = back ? steps - 1 : steps;
        steps += back ? -1 : 1;
        report(succeeded(new StepRef("1", index, back ? Direction.DOWN : Direction.UP)));
        return true;
    }

    private void goWrong(SplittableRandom random) {
        OrderIssued now = current();
        StepRef step = new StepRef("1", 0, Direction.UP);
        Duration wait = Duration.ofMillis(800);
        switch (random.nextInt(4)) {
            case 0 ->
                    report(
                            new StepRetried(
                                    id,
                                    now.rollout(),
                                    now.epoch(),
                                    step,
                                    1,
                                    10,
                                    FAILURE,
                                    wait,
                                    at()));
            case 1 ->
                    lab.reportUncounted(
                            new DatabaseUnavailable(
                                    id, now.rollout(), now.epoch(), FAILURE, 1, wait, at()));
            case 2 -> end(failed());
            default -> end(now.kind() == OrderKind.ROLLBACK ? irreversible() : failed());
        }
    }

    private void end(StepEvent event) {
        ended = true;
        report(event);
    }

    private void report(StepEvent event) {
        sequence++;
        lastCounted = Optional.of(event);
        lab.report(sequence, event);
    }

    private StepEvent accepted() {
        OrderIssued now = current();
        Optional<String> version = steps == STEPS ? Optional.of("1") : Optional.empty();
        return new OrderAccepted(
                id, now.rollout(), now.epoch(), now.kind(), now.agent(), progress(), version, at());
    }

    private StepEvent succeeded(StepRef step) {
        return new StepSucceeded(
                id,
                current().rollout(),
                current().epoch(),
                step,
                StepOutcome.EXECUTED,
                1,
                Duration.ofMillis(5),
                progress(),
                at());
    }

    private StepEvent applied() {
        return new DatabaseApplied(
                id, current().rollout(), current().epoch(), "1", progress(), at());
    }

    private StepEvent rolledBack() {
        return new DatabaseRolledBack(
                id, current().rollout(), current().epoch(), Optional.empty(), progress(), at());
    }

    private StepEvent failed() {
        OrderIssued now = current();
        return new DatabaseFailed(
                id,
                now.rollout(),
                now.epoch(),
                now.kind(),
                Optional.empty(),
                FAILURE,
                progress(),
                at());
    }

    private StepEvent irreversible() {
        return new DatabaseIrreversible(
                id, current().rollout(), current().epoch(), "1", "no down", at());
    }

    private OrderIssued current() {
        return order.orElseThrow();
    }

    private Progress progress() {
        int done = current().kind() == OrderKind.ROLLBACK ? STEPS - steps : steps;
        return new Progress(done, STEPS);
    }

    private Instant at() {
        return lab.now();
    }
}
