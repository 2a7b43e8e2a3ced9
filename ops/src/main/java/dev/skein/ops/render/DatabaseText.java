package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;

/** One database's story, for a person. */
public final class DatabaseText {
    private DatabaseText() {}

    /** The answer of {@code GET /databases/…}, however wide. */
    public static String database(JsonNode database) {
        return database(database, Columns.unlimited());
    }

    /**
     * The answer of {@code GET /databases/…}, with its {@code history} where that was asked for.
     */
    public static String database(JsonNode database, Columns columns) {
        StringBuilder text = new StringBuilder();
        text.append(Fields.text(database, "database")).append('\n');
        line(text, "version", Fields.text(database, "version"));
        line(text, "agent", Fields.text(database, "agent"));
        line(text, "labels", Fields.labels(database.path("labels")));
        line(text, "rollout", Fields.text(database, "rollout"));
        line(text, "state", Fields.text(database, "state"));
        line(text, "why", FleetText.why(database));
        RepairText.verb(database).ifPresent(verb -> line(text, "mend", verb));
        if (database.has("history")) {
            text.append('\n').append(history(database.path("history"), columns));
        }
        return columns.fit(text.toString());
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("  %-8s %s%n", name, value));
    }

    private static String history(JsonNode events, Columns columns) {
        Table table = new Table("TIME", "ROLLOUT", "EVENT", "WHAT");
        for (JsonNode event : events) {
            table.row(
                    Fields.time(event, "at"),
                    Fields.text(event, "rollout"),
                    Fields.text(event, "type"),
                    Fields.text(event, "text"));
        }
        return table.within(columns);
    }
}
