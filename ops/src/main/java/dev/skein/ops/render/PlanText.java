package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;

/** Plans, for a person. */
public final class PlanText {
    private PlanText() {}

    /** Items of {@code GET /plans}, however wide. */
    public static String list(JsonNode list) {
        return list(list, Columns.unlimited());
    }

    /** Items of {@code GET /plans}. */
    public static String list(JsonNode list, Columns columns) {
        Table table =
                new Table("PLAN", "NAME", "FRAMEWORK", "VERSION", "MIGRATIONS", "PUBLISHED")
                        .keepingFirst();
        for (JsonNode plan : list.path("items")) {
            table.row(
                    Fields.shortId(plan, "id"),
                    Fields.text(plan, "name"),
                    Fields.text(plan, "framework"),
                    Fields.text(plan, "version"),
                    Fields.text(plan, "migrations"),
                    Fields.time(plan, "publishedAt"));
        }
        return table.within(columns);
    }

    /** A plan that was just published. */
    public static String published(JsonNode plan) {
        return "Published plan "
                + Fields.shortId(plan, "id")
                + " ("
                + Fields.text(plan, "name")
                + "): "
                + size(plan)
                + ".\nOpen a rollout with: skein rollout open --plan "
                + Fields.shortId(plan, "id")
                + " --strategy FILE";
    }

    /** A plan with its migrations, and each step's SQL where that is asked for. */
    public static String plan(JsonNode plan, boolean sql, Columns columns) {
        StringBuilder text = new StringBuilder();
        text.append("plan ").append(Fields.text(plan, "id")).append('\n');
        text.append(Fields.text(plan, "name")).append(" (");
        text.append(Fields.text(plan, "framework")).append("): ").append(size(plan)).append("\n\n");
        JsonNode migrations = plan.path("content").path("migrations");
        text.append(migrations(migrations).within(columns));
        text.append(columns.fit(PlanNotes.of(plan.path("content"))));
        JsonNode leftOut = plan.path("content").path("leftOut");
        if (!leftOut.isEmpty()) {
            text.append(columns.fit("\nleft out: " + Fields.joined(leftOut) + "\n"));
        }
        text.append(columns.fit(delegated(migrations)));
        if (sql) {
            migrations.forEach(migration -> appendSql(text, migration));
        }
        return text.toString();
    }

    /** What the framework runs itself, by which runner and why; a line each. */
    private static String delegated(JsonNode migrations) {
        StringBuilder text = new StringBuilder();
        for (JsonNode migration : migrations) {
            String script = Fields.text(migration, "script");
            if (!appendDelegated(text, script, migration.path("up"))) {
                appendDelegated(text, "the way back of " + script, migration.path("down"));
            }
        }
        return text.length() == 0 ? "" : text.append("\n").toString();
    }

    private static boolean appendDelegated(StringBuilder text, String what, JsonNode steps) {
        for (JsonNode step : steps) {
            if (step.has("runner")) {
                text.append('\n').append(what).append(" is delegated to the runner ");
                text.append(Fields.text(step, "runner")).append(": ");
                text.append(Fields.text(step, "reason"));
                return true;
            }
        }
        return false;
    }

    private static String size(JsonNode plan) {
        return Fields.number(plan.path("migrations").asInt(), "migration")
                + " in "
                + Fields.number(plan.path("steps").asInt(), "step")
                + ", up to version "
                + Fields.text(plan, "version");
    }

    private static Table migrations(JsonNode migrations) {
        Table table = new Table("VERSION", "DESCRIPTION", "STEPS", "TRANSACTION", "DOWN", "SCRIPT");
        for (JsonNode migration : migrations) {
            String version = Visible.of(migration.path("version").asText(""));
            table.row(
                    version.isEmpty() ? "repeatable" : version,
                    Fields.text(migration, "description"),
                    Integer.toString(migration.path("up").size()),
                    transaction(migration.path("up")),
                    down(migration),
                    Fields.text(migration, "script"));
        }
        return table;
    }

    private static String down(JsonNode migration) {
        if (!migration.has("down")) {
            return "no";
        }
        return migration.has("generatedDown") ? "generated" : "yes";
    }

    private static String transaction(JsonNode steps) {
        String found = "yes";
        for (JsonNode step : steps) {
            if (step.has("runner")) {
                return "delegated";
            }
            found = step.has("probe") ? "none" : found;
        }
        return found;
    }

    private static void appendSql(StringBuilder text, JsonNode migration) {
        text.append("\n-- up ").append(Fields.text(migration, "script")).append('\n');
        migration.path("up").forEach(step -> appendStep(text, step));
        if (migration.has("down")) {
            text.append("-- down ").append(Fields.text(migration, "script")).append('\n');
            migration.path("down").forEach(step -> appendStep(text, step));
        }
    }

    private static void appendStep(StringBuilder text, JsonNode step) {
        if (step.has("runner")) {
            text.append("-- runner ")
                    .append(Fields.text(step, "runner"))
                    .append(": ")
                    .append(Fields.text(step, "migration"))
                    .append('\n');
            return;
        }
        text.append(Visible.lines(step.path("sql").asText().stripTrailing()));
        text.append(step.has("probe") ? ";  -- outside a transaction\n" : "\n");
    }
}
