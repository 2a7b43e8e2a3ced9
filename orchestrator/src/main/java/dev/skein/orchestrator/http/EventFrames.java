package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.protocol.codec.EventTypes;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.log.LogRecord;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Server-sent events as bytes. Records are written once for all streams that follow closely;
 * confined to its verticle's context.
 */
final class EventFrames {
    static final Buffer BEGIN = Buffer.buffer("retry: 2000\n: the stream begins\n\n");
    static final Buffer HEARTBEAT = Buffer.buffer(": heartbeat\n\n");

    private static final int KEPT_MAX = 1024;

    private final LogRecord[] records = new LogRecord[KEPT_MAX];
    private final Buffer[] frames = new Buffer[KEPT_MAX];

    /**
     * The frame of a record.
     *
     * @param index the record's in the tail
     */
    Buffer of(long index, LogRecord record) {
        int place = (int) (index % KEPT_MAX);
        if (records[place] != record) {
            records[place] = record;
            frames[place] = write(record);
        }
        return frames[place];
    }

    private static Buffer write(LogRecord record) {
        Buffer frame = Buffer.buffer("id: " + record.position() + "\n");
        return frame.appendBuffer(
                event(EventTypes.nameOf(record.envelope().event()), EventJson.streamed(record)));
    }

    /** Tells that records are left out; their number where it is known. */
    static Buffer gap(OptionalLong missed) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        missed.ifPresent(count -> json.put("missed", count));
        return event("gap", json.put("text", text(missed)));
    }

    private static String text(OptionalLong missed) {
        return missed.isPresent()
                ? missed.getAsLong() + " events were skipped; read what they are about again"
                : "the stream cannot go on where it ended; read what it is about again";
    }

    private static Buffer event(String type, JsonNode data) {
        return Buffer.buffer("event: " + type + "\ndata: ")
                .appendString(new String(Json.write(data), StandardCharsets.UTF_8))
                .appendString("\n\n");
    }
}
