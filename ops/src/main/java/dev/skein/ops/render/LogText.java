package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;

/** What is in the log itself, for people. */
public final class LogText {
    private static final int VALUE_MAX = 4_000;

    private LogText() {}

    /** One record as it lies there; its texts are other people's. */
    public static String record(JsonNode record) {
        StringBuilder text = new StringBuilder();
        text.append("record ").append(Fields.text(record, "position")).append('\n');
        text.append("key     ").append(Fields.text(record, "key")).append('\n');
        text.append("written ").append(Fields.text(record, "appendedAt")).append('\n');
        text.append("bytes   ").append(record.path("bytes").asInt()).append('\n');
        String problem = Visible.of(record.path("problem").asText(""));
        text.append(problem.isEmpty() ? "readable" : "problem " + problem).append('\n');
        String value = record.path("value").asText("");
        text.append("value   ").append(Visible.of(shortened(value))).append('\n');
        return text.toString();
    }

    private static String shortened(String value) {
        return value.length() <= VALUE_MAX
                ? value
                : value.substring(0, VALUE_MAX)
                        + " … ("
                        + (value.length() - VALUE_MAX)
                        + " more characters; -o json shows all)";
    }

    /**
     * What the fold of the whole log met.
     *
     * @param where the options by which the log was found, for the commands that come next
     */
    public static String inspection(JsonNode found, String where) {
        StringBuilder text = new StringBuilder();
        text.append(found.path("records").asLong()).append(" records read\n");
        JsonNode stop = found.path("stop");
        if (stop.isMissingNode()) {
            text.append("no reader stops\n");
        } else {
            String position = Fields.text(stop, "position");
            text.append("every reader stops at ").append(one(stop)).append('\n');
            text.append("  look at it:   skein log inspect ").append(where);
            text.append(" --at ").append(position).append('\n');
            text.append("  pass over it: skein log skip ").append(where);
            text.append(" --at ").append(position).append(" --why 'REASON'\n");
        }
        for (JsonNode each : found.path("skipped")) {
            text.append("passed over ").append(Fields.text(each, "position"));
            text.append(", by ").append(Fields.text(each, "by"));
            text.append(" at ").append(Fields.text(each, "at"));
            text.append(": ").append(Fields.text(each, "why")).append('\n');
        }
        for (JsonNode each : found.path("setAside")) {
            text.append("set aside ").append(one(each)).append('\n');
        }
        return text.toString();
    }

    private static String one(JsonNode record) {
        return "%s, key %s: %s"
                .formatted(
                        Fields.text(record, "position"),
                        Fields.text(record, "key"),
                        Fields.text(record, "problem"));
    }

    /** The decision, and where readers stop next. */
    public static String skipped(JsonNode found, String where) {
        return Fields.text(found, "decision") + "\n" + inspection(found, where);
    }
}
