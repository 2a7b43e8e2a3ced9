package dev.skein.protocol.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.protocol.event.FleetEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Envelopes as bytes and back. Safe on any thread.
 *
 * <p>The JSON is {@code
 * {"id","type","source","sequence","time","traceParent"?,"ignorable","data"}}; the event's own time
 * is in the envelope only, not in its data.
 */
public final class EventCodec {
    private static final String TIME_IN_EVENT = "at";

    private EventCodec() {}

    /** The envelope as UTF-8 JSON. */
    public static byte[] encode(Envelope envelope) {
        FleetEvent event = envelope.event();
        ObjectNode data = Json.mapper().valueToTree(event);
        data.remove(TIME_IN_EVENT);
        return Json.write(
                new Wire(
                        envelope.id(),
                        EventTypes.nameOf(event),
                        envelope.source(),
                        envelope.sequence(),
                        event.at(),
                        envelope.traceParent(),
                        Optional.of(envelope.ignorable()),
                        data));
    }

    /**
     * Reads what {@link #encode} of this or any earlier version wrote.
     *
     * @throws UndecodableEvent if it is no envelope, or its event is of an unknown type that must
     *     not be passed over, or the event's data is not what its type says
     */
    public static Decoded decode(byte[] json) {
        Wire wire = envelope(json);
        Optional<Class<? extends FleetEvent>> type = EventTypes.classOf(wire.type);
        if (type.isPresent()) {
            return new Decoded.Known(known(wire, type.get()));
        }
        if (wire.ignorable.orElse(false)) {
            return new Decoded.Ignored(wire.type, wire.source, wire.sequence);
        }
        throw UndecodableEvent.unknownType(wire.type, wire.source, wire.sequence);
    }

    /** The attributes of the envelope under CloudEvents' names, as headers of a Kafka record. */
    public static Map<String, String> headers(Envelope envelope) {
        return CloudEvents.headers(envelope);
    }

    private static Wire envelope(byte[] json) {
        try {
            return Json.read(json, Wire.class, "envelope");
        } catch (MalformedJson e) {
            throw UndecodableEvent.noEnvelope(e);
        }
    }

    private static Envelope known(Wire wire, Class<? extends FleetEvent> type) {
        try {
            return new Envelope(
                    wire.id,
                    wire.source,
                    wire.sequence,
                    wire.traceParent,
                    wire.ignorable.orElse(false),
                    Json.read(wire.dataWithTime(), type, "data"));
        } catch (MalformedJson e) {
            throw UndecodableEvent.malformed(wire.type, wire.source, wire.sequence, e);
        }
    }

    /** The envelope as it is written. */
    private record Wire(
            UUID id,
            String type,
            String source,
            long sequence,
            Instant time,
            Optional<String> traceParent,
            Optional<Boolean> ignorable,
            ObjectNode data) {
        JsonNode dataWithTime() {
            return data.put(TIME_IN_EVENT, time.toString());
        }
    }
}
