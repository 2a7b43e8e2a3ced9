package dev.skein.orchestrator.rollout;

import dev.skein.protocol.log.Entry;
import java.util.List;

/**
 * What a command leads to.
 *
 * @param entries to be appended, all or none, in this order; none if nothing is due
 * @param reply for the caller, once the entries have been folded
 */
public record Accepted(List<Entry> entries, CommandReply reply) implements Decision {
    /** Copies the list. */
    public Accepted {
        entries = List.copyOf(entries);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.on(this);
    }
}
