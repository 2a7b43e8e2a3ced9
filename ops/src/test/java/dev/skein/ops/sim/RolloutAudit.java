package dev.skein.ops.sim;

import dev.skein.protocol.event.DatabasesJoined;
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
import dev.skein.protocol.strategy.OnFailure;
import dev.skein.protocol.strategy.WaveLimits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What one rollout may and may not do, by its decisions so far. */
final class RolloutAudit {
    private final RolloutOpened opened;
    private final boolean restored;
    private final Map<DatabaseId, Integer> outstanding = new TreeMap<>();
    private final Map<DatabaseId, Integer> confirmed = new TreeMap<>();
    private final Map<DatabaseId, Integer> waveOf = new TreeMap<>();
    private final Set<DatabaseId> failed = new TreeSet<>();
    private final Set<DatabaseId> skipped = new TreeSet<>();
    private final Set<DatabaseId> done = new TreeSet<>();
    private final Set<DatabaseId> leftOut = new TreeSet<>();
    private final Set<DatabaseId> unrecorded = new TreeSet<>();
    private final Set<Integer> started = new TreeSet<>();
    private final Set<Integer> passed = new TreeSet<>();
    private long sequence;
    private int pause;
    private boolean paused;
    private boolean quiesced;
    private boolean aborted;
    private Optional<Instant> closedAt = Optional.empty();

    /**
     * @param restored whether the log may have lost what it did
     */
    RolloutAudit(RolloutOpened opened, boolean restored) {
        this.opened = opened;
        this.restored = restored;
        for (int wave = 0; wave < opened.waves().size(); wave++) {
            for (DatabaseId id : opened.waves().get(wave).databases()) {
                require(waveOf.put(id, wave) == null, id + " is in two waves");
            }
        }
    }

    void decided(long number, RolloutEvent event, Instant when) {
        require(number == sequence + 1, "decision " + number + " follows " + sequence);
        sequence = number;
        if (event instanceof WaveStarted wave) {
            require(noneMissing(wave.wave()), "wave " + wave.wave() + " starts too early");
            started.add(wave.wave());
        } else if (event instanceof WavePassed wave) {
            mayPass(wave.wave());
            passed.add(wave.wave());
        } else if (event instanceof RolloutPaused next) {
            require(!paused && next.number() == pause + 1, "pause " + next.number());
            pause = next.number();
            paused = true;
        } else if (event instanceof RolloutResumed) {
            paused = false;
            quiesced = false;
        } else if (event instanceof DatabasesSkipped out) {
            skip(out.databases());
        } else {
            reopenedOrEnded(event, when);
        }
    }

    private void reopenedOrEnded(RolloutEvent event, Instant when) {
        if (event instanceof RolloutAborted) {
            aborted = true;
        } else if (event instanceof RolloutClosed) {
            require(outstanding.isEmpty(), "is closed with orders outstanding: " + outstanding);
            closedAt = Optional.of(when);
        } else if (event instanceof DatabasesRetried retried) {
            reopened(retried.databases());
        } else if (event instanceof RollbackRequested back) {
            reopened(back.databases());
        } else if (event instanceof DatabasesJoined joined) {
            joined.databases().forEach(id -> waveOf.put(id, opened.waves().size() - 1));
        }
    }

    private void skip(List<DatabaseId> databases) {
        databases.stream().filter(outstanding::containsKey).forEach(leftOut::add);
        databases.forEach(this::ended);
        skipped.addAll(databases);
    }

    private void reopened(List<DatabaseId> databases) {
        databases.forEach(skipped::remove);
        aborted = false;
        closedAt = Optional.empty();
    }

    /** Everything in it has come to an end, and not more of it failed than may. */
    private void mayPass(int wave) {
        require(!outstanding.containsValue(wave), "wave " + wave + " passes in flight");
        List<DatabaseId> members =
                waveOf.keySet().stream().filter(id -> waveOf.get(id) == wave).toList();
        long failures =
                members.stream().filter(id -> failed.contains(id) && !skipped.contains(id)).count();
        WaveLimits limits = opened.strategy().waves().get(wave).limits();
        require(
                limits.onFailure() == OnFailure.CONTINUE
                        || failures <= limits.failureBudget().allowed(members.size()),
                "wave " + wave + " passes with " + failures + " of " + members.size() + " failed");
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
        require(
                !paused && !aborted && closedAt.isEmpty(),
                "orders " + order + " while it must not");
        boolean lost = restored && order.kind() == OrderKind.ROLLBACK;
        require(
                started.contains(order.wave()) || lost,
                "orders in wave " + order.wave() + ": " + order);
        int limit = opened.strategy().waves().get(order.wave()).limits().maxInFlight();
        outstanding.put(order.database(), order.wave());
        leftOut.remove(order.database());
        confirmed.remove(order.database());
        failed.remove(order.database());
        done.remove(order.database());
        unrecorded.remove(order.database());
        long inFlight = outstanding.values().stream().filter(w -> w == order.wave()).count();
        require(inFlight <= limit, inFlight + " in flight in wave " + order.wave());
    }

    void ended(DatabaseId database) {
        outstanding.remove(database);
    }

    /**
     * The end of its newest order was reported: a failure, until better is reported of it.
     *
     * @param open whether the ledger does not say so, and a new process may take the order up
     */
    void ended(DatabaseId database, boolean inVain, boolean open) {
        ended(database);
        leftOut.remove(database);
        if (!inVain) {
            failed.remove(database);
            unrecorded.remove(database);
            done.add(database);
        } else if (!done.contains(database)) {
            failed.add(database);
            unrecorded.remove(database);
            if (open) {
                unrecorded.add(database);
            }
        }
    }

    /** An agent has confirmed a pause for its newest order of this database. */
    void confirmed(DatabaseId database, int number) {
        confirmed.put(database, number);
    }

    /** Whether every agent that has an order, of those left out too, has confirmed the pause. */
    private boolean isHeld() {
        return paused
                && Stream.of(outstanding.keySet(), leftOut, unrecorded)
                        .flatMap(Set::stream)
                        .allMatch(id -> confirmed.getOrDefault(id, 0) >= pause);
    }

    /** Whether this is news. */
    boolean quiesced(int number) {
        boolean before = quiesced;
        quiesced |= paused && pause == number;
        return quiesced && !before;
    }

    /**
     * @param takenUp when the database's ledger accepted the order
     */
    void mayStart(OrderIssued order, Optional<Instant> takenUp) {
        require(!quiesced, "quiesced by pause " + pause + ", yet a step starts: " + order);
        require(!isHeld(), "pause " + pause + " is confirmed, yet a step starts: " + order);
        // A person may leave out what cannot be reached; nobody knows then what goes on there.
        require(
                closedAt.isEmpty()
                        || leftOut.contains(order.database())
                        || wasTakenUpBefore(closedAt.get(), order, takenUp),
                "closed, yet a step starts: " + order);
    }

    /** What failed beside its ledger may be taken up while the rollout is being closed over it. */
    private boolean wasTakenUpBefore(Instant close, OrderIssued order, Optional<Instant> takenUp) {
        return unrecorded.contains(order.database())
                && takenUp.filter(at -> at.isBefore(close)).isPresent();
    }

    void wavesBeforePassed(OrderIssued order) {
        require(order.kind() == OrderKind.ROLLBACK || noneMissing(order.wave()), "early " + order);
    }

    private void require(boolean holds, String what) {
        Violation.unless(holds, "rollout " + opened.rollout() + " " + what);
    }
}
