package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.text.ShortList;
import java.util.function.Function;

/** Rollouts, for a person. */
public final class RolloutText {
    private static final int FAILURES_SHOWN_MAX = 20;

    private RolloutText() {}

    /** Items of {@code GET /rollouts}, however wide. */
    public static String list(JsonNode list) {
        return list(list, Columns.unlimited());
    }

    /** Items of {@code GET /rollouts}. */
    public static String list(JsonNode list, Columns columns) {
        Table table =
                new Table("ROLLOUT", "PLAN", "PHASE", "STATES", "OPENED", "BY").keepingFirst();
        for (JsonNode rollout : list.path("items")) {
            table.row(
                    Fields.text(rollout, "id"),
                    Fields.text(rollout.path("plan"), "name"),
                    Fields.text(rollout, "phase"),
                    Fields.counts(rollout.path("counts")),
                    Fields.time(rollout, "openedAt"),
                    Fields.text(rollout, "openedBy"));
        }
        return table.within(columns);
    }

    /** The answer of {@code GET /rollouts/ID}, however wide. */
    public static String status(JsonNode rollout) {
        return status(rollout, Columns.unlimited());
    }

    /** The answer of {@code GET /rollouts/ID}, with its databases where they were asked for. */
    public static String status(JsonNode rollout, Columns columns) {
        StringBuilder text = new StringBuilder();
        if (rollout.hasNonNull("message")) {
            text.append(Fields.text(rollout, "message")).append("\n\n");
        }
        text.append(head(rollout));
        text.append('\n').append(waves(rollout.path("waves"), columns));
        text.append(runs(rollout));
        text.append(failures(rollout)).append(failedBefore(rollout));
        text.append(heldUp(rollout)).append(halfDone(rollout));
        if (rollout.path("late").asInt() > 0) {
            text.append('\n').append(Fields.number(rollout.path("late").asInt(), "database"));
            text.append(" appeared after it was opened, not part of it so far\n");
        }
        if (rollout.path("leftOver").asInt() > 0) {
            text.append('\n').append(Fields.number(rollout.path("leftOver").asInt(), "database"));
            text.append(" selected and left over: no wave takes them\n");
        }
        if (rollout.has("databaseList")) {
            text.append('\n').append(databases(rollout.path("databaseList"), columns));
        }
        text.append(NextText.of(rollout));
        return columns.fit(text.toString());
    }

    static String head(JsonNode rollout) {
        String detail = Visible.of(rollout.path("detail").asText(""));
        return "rollout "
                + Fields.text(rollout, "id")
                + "  "
                + Fields.text(rollout.path("plan"), "name")
                + " ("
                + Fields.shortId(rollout.path("plan"), "id")
                + ")\n"
                + Fields.text(rollout, "phase")
                + (detail.isEmpty() ? "" : ": " + detail)
                + "\n"
                + Fields.number(rollout.path("databases").asInt(), "database")
                + ": "
                + Fields.counts(rollout.path("counts"))
                + "\n";
    }

    private static String waves(JsonNode waves, Columns columns) {
        Table table = new Table("WAVE", "PHASE", "DATABASES", "FAILED/BUDGET", "STATES");
        for (JsonNode wave : waves) {
            table.row(
                    Fields.text(wave, "name"),
                    Fields.wavePhase(wave) + (wave.path("overdue").asBoolean() ? " (overdue)" : ""),
                    Fields.text(wave, "databases"),
                    spent(wave),
                    Fields.counts(wave.path("counts")));
        }
        return table.within(columns);
    }

    /** What counts against the budget: those that failed, and those not done by the deadline. */
    private static String spent(JsonNode wave) {
        int late = wave.path("notDoneInTime").asInt();
        return wave.path("failed").asInt()
                + (late > 0 ? "+" + late : "")
                + "/"
                + wave.path("failuresAllowed").asInt();
    }

    static String failures(JsonNode rollout) {
        JsonNode failures = rollout.path("failures");
        if (failures.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\nfailures\n");
        int shown = 0;
        for (JsonNode failure : failures) {
            if (shown++ == FAILURES_SHOWN_MAX) {
                break;
            }
            text.append("  ").append(Fields.text(failure, "database")).append("  ");
            text.append(Fields.text(failure, "state")).append(": ");
            text.append(Fields.text(failure, "reason")).append('\n');
        }
        int all = rollout.path("failuresTotal").asInt();
        String rest = ShortList.rest(all, Math.min(shown, FAILURES_SHOWN_MAX));
        return rest.isEmpty() ? text.toString() : text + "  " + rest + "\n";
    }

    private static String databases(JsonNode list, Columns columns) {
        Table table =
                new Table("DATABASE", "WAVE", "STATE", "STEPS", "AGENT", "WHY").keepingFirst();
        for (JsonNode each : list) {
            table.row(
                    Fields.text(each, "database"),
                    Fields.text(each, "wave"),
                    Fields.text(each, "state"),
                    Fields.progress(each),
                    Fields.text(each, "agent"),
                    Fields.text(each, "reason"));
        }
        return table.within(columns);
    }

    /** Databases that the rollout waits for and that nobody can reach. */
    static String heldUp(JsonNode rollout) {
        return section(
                "held up",
                rollout,
                "heldUp",
                each -> Fields.text(each, "state") + ": " + Fields.text(each, "reason"));
    }

    /** Migrations that are in a database only in part, whatever became of the rollout. */
    static String halfDone(JsonNode rollout) {
        return section("half done", rollout, "halfDone", each -> Fields.text(each, "reason"));
    }

    /** Programs that carry out delegated steps at this moment. */
    static String runs(JsonNode rollout) {
        return section("programs at work", rollout, "runs", RolloutText::run);
    }

    static String run(JsonNode run) {
        String printed = run.has("printed") ? ": " + Fields.text(run, "printed") : "";
        return Fields.text(run, "migration") + " by runner " + Fields.text(run, "runner") + printed;
    }

    private static String failedBefore(JsonNode rollout) {
        return section(
                "failed before the rollback",
                rollout,
                "failedBefore",
                each -> Fields.text(each, "cause"));
    }

    private static String section(
            String title, JsonNode rollout, String field, Function<JsonNode, String> text) {
        JsonNode items = rollout.path(field);
        if (items.isEmpty()) {
            return "";
        }
        StringBuilder lines = new StringBuilder("\n" + title + "\n");
        for (JsonNode each : items) {
            lines.append("  ").append(Fields.text(each, "database")).append("  ");
            lines.append(text.apply(each)).append('\n');
        }
        String rest = ShortList.rest(rollout.path(field + "Total").asInt(), items.size());
        return rest.isEmpty() ? lines.toString() : lines + "  " + rest + "\n";
    }
}
