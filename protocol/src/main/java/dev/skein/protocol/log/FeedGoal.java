package dev.skein.protocol.log;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a feed has to have read before somebody is told: the ends of some slices as the brokers gave
 * them once. Confined to the poll thread, but for its reply.
 */
final class FeedGoal {
    private final Set<Slice> slices;
    private final Reply<Void> reply;
    private Optional<Map<Slice, Long>> ends = Optional.empty();

    FeedGoal(Set<Slice> slices, Reply<Void> reply) {
        this.slices = slices;
        this.reply = reply;
    }

    Set<Slice> slices() {
        return slices;
    }

    Reply<Void> reply() {
        return reply;
    }

    /** The ends, once they are known. */
    Optional<Map<Slice, Long>> ends() {
        return ends;
    }

    void endsAt(Map<Slice, Long> known) {
        ends = Optional.of(new TreeMap<>(known));
    }
}
