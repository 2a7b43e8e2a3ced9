package dev.skein.ops.sim;

import dev.skein.protocol.event.DatabasesRetried;
import dev.skein.protocol.event.DatabasesSkipped;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RolloutAborted;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.event.RolloutResumed;
import dev.skein.protocol.event.WavePassed;
import dev.skein.protocol.event.WaveStarted;
import dev.skein.protocol.id.DatabaseId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one rollout may and may not do, by its decisions so far. */
final class RolloutAudit {
    private final RolloutOpened opened;
    private final Map<DatabaseId, Integer> outstanding = new TreeMap<>();
    private final Set<DatabaseId> leftOut = new TreeSet<>();
    private final Set<Integer> started = new TreeSet<>();
    private final Set<Integer> passed = new TreeSet<>();
    private long sequence;
    private int pause;
    private boolean paused;
    private boolean quiesced;
    private boolean aborted;
    private boolean closed;

    RolloutAudit(RolloutOpened opened) {
        this.opened = opened;
    }

    void decided(long number, RolloutEvent event) {
        require(number == sequence + 1, "decision " + number + " follows " + sequence);
        sequence = number;
        if (event instanceof WaveStarted wave) {
            require(noneMissing(wave.wave()), "wave " + wave.wave() + " starts too early");
            started.add(wave.wave());
        } else if (event instanceof WavePassed wave) {
            passed.add(wave.wave());
        } else if (event instanceof RolloutPaused next) {
            require(!paused && next.number() == pause + 1, "pause " + next.number());
            pause = next.number();
            paused = true;
        } else if (event instanceof RolloutResumed) {
            paused = false;
            quiesced = false;
        } else if (event instanceof DatabasesSkipped skipped) {
            skipped.databases().stream().filter(outstanding::containsKey).forEach(leftOut::add);
            skipped.databases().forEach(this::ended);
        } else {
            reopenedOrEnded(event);
        }
    }

    private void reopenedOrEnded(RolloutEvent event) {
        if (event instanceof RolloutAborted) {
            aborted = true;
        } else if (event instanceof RolloutClosed) {
            require(outstanding.isEmpty(), "is closed with orders outstanding: " + outstanding);
            closed = true;
        } else if (event instanceof DatabasesRetried || event instanceof RollbackRequested) {
            aborted = false;
            closed = false;
        }
    }

    private boolean noneMissing(int wave) {
        for (int before = 0; before < wave; before++) {
            if (!passed.contains(before)) {
                return false;
            }
        }
        return true;
    }

    void ordered(OrderIssued order) {
        require(!paused && !aborted && !closed, "orders " + order + " while it must not");
        require(started.contains(order.wave()), "orders in wave " + order.wave() + ": " + order);
        int limit = opened.strategy().waves().get(order.wave()).limits().maxInFlight();
        outstanding.put(order.database(), order.wave());
        long inFlight = outstanding.values().stream().filter(w -> w == order.wave()).count();
        require(inFlight <= limit, inFlight + " in flight in wave " + order.wave());
    }

    void ended(DatabaseId database) {
        outstanding.remove(database);
    }

    /** Whether this is news. */
    boolean quiesced(int number) {
        boolean before = quiesced;
        quiesced |= paused && pause == number;
        return quiesced && !before;
    }

    void mayStart(OrderIssued order) {
        require(!quiesced, "quiesced by pause " + pause + ", yet a step starts: " + order);
        // A person may leave out what cannot be reached; nobody knows then what goes on there.
        require(
                !closed || leftOut.contains(order.database()),
                "closed, yet a step starts: " + order);
    }

    void wavesBeforePassed(OrderIssued order) {
        require(order.kind() == OrderKind.ROLLBACK || noneMissing(order.wave()), "early " + order);
    }

    private void require(boolean holds, String what) {
        Violation.unless(holds, "rollout " + opened.rollout() + " " + what);
    }
}
