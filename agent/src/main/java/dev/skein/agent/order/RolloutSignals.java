package dev.skein.agent.order;

import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.id.RolloutId;
import java.util.Map;
import java.util.TreeMap;

/** What an agent has to know of every rollout, folded from the topic of rollouts. */
final class RolloutSignals {
    private final Map<RolloutId, Counted> rollouts = new TreeMap<>();

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
        if (sequence > last.sequence() + 1) {
            throw new IllegalStateException(
                    "event %d of rollout %s follows event %d; those between are missing"
                            .formatted(sequence, event.rollout(), last.sequence()));
        }
        RolloutSignal signal = last.signal().apply(event);
        rollouts.put(event.rollout(), new Counted(sequence, signal));
        return signal != last.signal();
    }

    RolloutSignal of(RolloutId rollout) {
        return counted(rollout).signal();
    }

    private Counted counted(RolloutId rollout) {
        return rollouts.getOrDefault(rollout, new Counted(0, RolloutSignal.unknown()));
    }

    private record Counted(long sequence, RolloutSignal signal) {}
}
