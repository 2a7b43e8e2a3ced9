package dev.skein.agent.order;

import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.id.RolloutId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What an agent has to know of every rollout, folded from the topic of rollouts. */
final class RolloutSignals {
    private final Map<RolloutId, Counted> rollouts = new TreeMap<>();

    /** Rollouts, by key, of which a person passed over a record since their last event. */
    private final Set<String> gaps = new TreeSet<>();

    /**
     * Takes one event.
     *
     * @return whether it changed the signal; a duplicate and most kinds of events do not
     */
    boolean apply(long sequence, RolloutEvent event) {
        Counted last = counted(event.rollout());
        if (sequence <= last.sequence()) {
            return false;
        }
        if (sequence > last.sequence() + 1 && !gaps.contains(event.key())) {
            throw new IllegalStateException(
                    "event %d of rollout %s follows event %d; those between are missing"
                            .formatted(sequence, event.rollout(), last.sequence()));
        }
        gaps.remove(event.key());
        RolloutSignal signal = last.signal().apply(event);
        rollouts.put(event.rollout(), new Counted(sequence, signal));
        return signal != last.signal();
    }

    /** A record of this key was passed over: the next event may have any number. */
    void skipped(String key) {
        gaps.add(key);
    }

    RolloutSignal of(RolloutId rollout) {
        return counted(rollout).signal();
    }

    private Counted counted(RolloutId rollout) {
        return rollouts.getOrDefault(rollout, new Counted(0, RolloutSignal.unknown()));
    }

    private record Counted(long sequence, RolloutSignal signal) {}
}
