package dev.skein.engine.execution;

import dev.skein.protocol.codec.Envelope;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Where a walk waits, asks whether it may go on, and leaves. */
final class Gate {
    private static final Duration SLICE = Duration.ofSeconds(1);

    private final OrderExecution walk;

    Gate(OrderExecution walk) {
        this.walk = walk;
    }

    /** Lets time pass in slices, so that a pause is seen soon, then goes on. */
    Action pass(Duration duration, Supplier<Action> next) {
        if (duration.isZero()) {
            return next.get();
        }
        Duration slice = duration.compareTo(SLICE) < 0 ? duration : SLICE;
        return walk.ask(
                new Action.Wait(slice, Optional.empty()),
                reply -> permitted(() -> pass(duration.minus(slice), next)));
    }

    /** Goes on if it may, else leaves. */
    Action permitted(Supplier<Action> go) {
        return walk.ask(
                new Action.AskPermit(), reply -> decided(((Reply.Permitted) reply).permit(), go));
    }

    /** As {@link #permitted}, on the way to the ledger: nobody leaves it in doubt who is there. */
    Action arriving(Supplier<Action> go) {
        return walk.ask(
                new Action.AskPermit(),
                reply -> {
                    Permit permit = ((Reply.Permitted) reply).permit();
                    boolean held =
                            permit.kind() == Permit.Kind.PAUSED
                                    || permit.kind() == Permit.Kind.STOPPED;
                    boolean doubt = permit.doubt() || walk.setbacks().hasLostStep();
                    return held && doubt ? go.get() : decided(permit, go);
                });
    }

    /**
     * Leaves an order that the ledger is ahead of. Where this process knows a newer one, nobody
     * waits for the older one's end; else its end has to be said, or it is waited for without end.
     */
    Action overtaken(Envelope saying) {
        return walk.ask(
                new Action.AskPermit(),
                reply ->
                        ((Reply.Permitted) reply).permit().kind() == Permit.Kind.SUPERSEDED
                                ? leave(ExecutionEnd.SUPERSEDED)
                                : leave(ExecutionEnd.SUPERSEDED, saying));
    }

    private Action decided(Permit permit, Supplier<Action> go) {
        return switch (permit.kind()) {
            case GO -> go.get();
            case PAUSED -> paused(permit.pause());
            case STOPPED -> stopped();
            case SUPERSEDED -> leave(ExecutionEnd.SUPERSEDED);
        };
    }

    private Action paused(int pause) {
        return leave(ExecutionEnd.PAUSED, walk.journal().paused(pause, walk.moment().now()));
    }

    private Action stopped() {
        return leave(ExecutionEnd.STOPPED, walk.journal().stopped(walk.moment().now()));
    }

    /** Leaves with a last word, which is not counted. */
    Action leave(ExecutionEnd end, Envelope saying) {
        return walk.ask(new Action.Leave(end, Optional.of(saying)), Gate::over);
    }

    /** Leaves without a word. */
    Action leave(ExecutionEnd end) {
        return walk.ask(new Action.Leave(end, Optional.empty()), Gate::over);
    }

    private static Action over(Reply reply) {
        throw new IllegalStateException("the walk is over, yet there is a reply: " + reply);
    }
}
