package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.text.ShortList;
import java.util.ArrayList;
import java.util.List;

/** What a command would lead to, for a person. */
public final class DryRunText {
    private static final int DATABASES_MAX = 10;
    private static final int MIGRATIONS_MAX = 20;

    private DryRunText() {}

    /** Each group of databases with what it would run, or why it would run nothing. */
    public static String of(JsonNode dryRun, Columns columns) {
        StringBuilder text = new StringBuilder("dry run: nothing is written\n");
        text.append(Fields.text(dryRun, "message")).append('\n');
        dryRun.path("groups").forEach(each -> text.append('\n').append(group(each)));
        text.append("\ntold from what agents have reported; each reads its database first\n");
        return columns.fit(text.toString());
    }

    private static String group(JsonNode group) {
        JsonNode migrations = group.path("migrations");
        StringBuilder text = new StringBuilder();
        text.append(Fields.number(group.path("databases").size(), "database"));
        text.append(migrations.isEmpty() ? stays(group) : moves(group)).append('\n');
        int shown = 0;
        for (JsonNode each : migrations) {
            if (shown++ < MIGRATIONS_MAX) {
                text.append("  ").append(Fields.text(each, "direction")).append("  ");
                text.append(Fields.text(each, "script")).append("  ");
                text.append(Fields.number(each.path("steps").asInt(), "step")).append('\n');
            }
        }
        String rest = ShortList.rest(migrations.size(), MIGRATIONS_MAX);
        text.append(rest.isEmpty() ? "" : "  " + rest + "\n");
        if (group.has("reason") && !migrations.isEmpty()) {
            text.append("  ").append(Fields.text(group, "reason")).append('\n');
        }
        return text.append("  ").append(named(group.path("databases"))).append('\n').toString();
    }

    private static String stays(JsonNode group) {
        String reason = group.has("reason") ? ": " + Fields.text(group, "reason") : "";
        return " at " + version(group, "version") + ", " + Fields.text(group, "outcome") + reason;
    }

    private static String moves(JsonNode group) {
        return " from "
                + version(group, "version")
                + " to "
                + version(group, "versionAfter")
                + ", "
                + Fields.number(group.path("steps").asInt(), "step");
    }

    private static String version(JsonNode group, String field) {
        return group.has(field) ? "version " + Fields.text(group, field) : "no version";
    }

    private static String named(JsonNode databases) {
        List<String> names = new ArrayList<>();
        databases.forEach(each -> names.add(Visible.of(each.asText())));
        return ShortList.of(names, DATABASES_MAX);
    }
}
