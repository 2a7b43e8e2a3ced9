package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** How single values of the API read for a person. */
final class Fields {
    private static final int SHORT_ID = 12;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssX").withZone(ZoneId.systemDefault());

    private Fields() {}

    static String text(JsonNode node, String field) {
        return Visible.of(node.path(field).asText("-"));
    }

    /** In the reader's own time zone, which it names, to the second. */
    static String time(JsonNode node, String field) {
        return node.hasNonNull(field) ? time(Instant.parse(node.path(field).asText())) : "-";
    }

    /** {@code 2026-01-02 11:56:00Z}: no reader has to guess the day or the zone. */
    static String time(Instant at) {
        return TIME.format(at);
    }

    /** A wave's: one that is neither waiting nor held by a gate is under way. */
    static String wavePhase(JsonNode wave) {
        String phase = text(wave, "phase");
        return phase.equals("running") ? "under way" : phase;
    }

    static String shortId(JsonNode node, String field) {
        String id = text(node, field);
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    /** {@code applied 20, failed 1}; "none" where nothing is counted. */
    static String counts(JsonNode counts) {
        String text =
                counts.properties().stream()
                        .map(each -> Visible.of(each.getKey()) + " " + each.getValue().asInt())
                        .collect(Collectors.joining(", "));
        return text.isEmpty() ? "none" : text;
    }

    /** {@code 1 database}, {@code 24 databases}. */
    static String number(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** {@code region=eu tier=free}; "-" where there is none. */
    static String labels(JsonNode labels) {
        return labels.isEmpty()
                ? "-"
                : labels.properties().stream().map(Fields::label).collect(Collectors.joining(" "));
    }

    private static String label(Map.Entry<String, JsonNode> each) {
        return Visible.of(each.getKey() + "=" + each.getValue().asText());
    }

    static String progress(JsonNode node) {
        return node.has("stepsTotal")
                ? node.path("stepsDone").asInt() + "/" + node.path("stepsTotal").asInt()
                : "-";
    }

    /** {@code 44.1, 66.3}. */
    static String joined(JsonNode texts) {
        return StreamSupport.stream(texts.spliterator(), false)
                .map(each -> Visible.of(each.asText()))
                .collect(Collectors.joining(", "));
    }
}
