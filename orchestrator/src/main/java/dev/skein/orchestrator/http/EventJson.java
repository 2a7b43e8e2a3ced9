package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.protocol.codec.EventTypes;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.log.LogRecord;

/** Writes records of the log. */
final class EventJson {
    private EventJson() {}

    /** For the stream of events. */
    static ObjectNode streamed(LogRecord record) {
        EventSubject subject = EventSubject.of(record);
        ObjectNode json = head(record);
        subject.rollout().ifPresent(rollout -> json.put("rollout", rollout.value()));
        subject.database().ifPresent(database -> json.put("database", database.toString()));
        return tail(json, record);
    }

    /** For the history of one database. */
    static ObjectNode remembered(LogRecord record) {
        EventSubject subject = EventSubject.of(record);
        ObjectNode json =
                head(record)
                        .put("source", record.envelope().source())
                        .put("sequence", record.envelope().sequence());
        subject.rollout().ifPresent(rollout -> json.put("rollout", rollout.value()));
        subject.epoch().ifPresent(epoch -> json.put("epoch", epoch));
        return tail(json, record);
    }

    private static ObjectNode head(LogRecord record) {
        FleetEvent event = record.envelope().event();
        return JsonNodeFactory.instance
                .objectNode()
                .put("position", record.position().toString())
                .put("type", EventTypes.nameOf(event))
                .put("at", event.at().toString());
    }

    private static ObjectNode tail(ObjectNode json, LogRecord record) {
        FleetEvent event = record.envelope().event();
        json.put("text", event.summary());
        json.set("data", EventData.of(event));
        return json;
    }
}
