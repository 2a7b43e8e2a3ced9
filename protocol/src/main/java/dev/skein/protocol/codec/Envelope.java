package dev.skein.protocol.codec;

import dev.skein.protocol.event.FleetEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * An event with everything that readers need before they look into it.
 *
 * @param id the same whenever the same event is sent again
 * @param source who counts its sequence: {@code database:ID} (that database's ledger), {@code
 *     rollout:ID}, {@code order:DATABASE}, {@code agent:ID} or {@code orchestrator:NAME}
 * @param sequence rising by 1 from event to event of a source; 0 for an event that is not counted
 *     and may be repeated without harm
 * @param traceParent W3C trace context, where the author had one
 * @param ignorable whether a reader that does not know the event's type may pass over it
 * @param event what happened
 */
public record Envelope(
        UUID id,
        String source,
        long sequence,
        Optional<String> traceParent,
        boolean ignorable,
        FleetEvent event) {
    /**
     * @throws IllegalArgumentException if the sequence is negative
     */
    public Envelope {
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence " + sequence + " is negative");
        }
    }

    /** A counted event; its id follows from source and sequence, so that a re-send keeps it. */
    public static Envelope counted(String source, long sequence, FleetEvent event) {
        UUID id = idOf(source + "#" + sequence + "#" + event.at());
        return new Envelope(id, source, sequence, Optional.empty(), false, event);
    }

    /** An event that is not counted; its id follows from source, key and time. */
    public static Envelope uncounted(String source, FleetEvent event) {
        UUID id = idOf(source + "#" + event.key() + "#" + event.at());
        return new Envelope(id, source, 0, Optional.empty(), false, event);
    }

    /** The same, which a reader that does not know the event's type may pass over. */
    public Envelope asIgnorable() {
        return new Envelope(id, source, sequence, traceParent, true, event);
    }

    private static UUID idOf(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
