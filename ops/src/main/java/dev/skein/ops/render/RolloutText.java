package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.text.ShortList;

/** Rollouts, for a person. */
public final class RolloutText {
    private static final int FAILURES_SHOWN_MAX = 20;

    private RolloutText() {}

    /** Items of {@code GET /rollouts}. */
    public static String list(JsonNode list) {
        Table table = new Table("ROLLOUT", "PLAN", "PHASE", "DATABASES", "STATES", "OPENED", "BY");
        for (JsonNode rollout : list.path("items")) {
            table.row(
                    Fields.text(rollout, "id"),
                    Fields.text(rollout.path("plan"), "name"),
                    Fields.text(rollout, "phase"),
                    Fields.text(rollout, "databases"),
                    Fields.counts(rollout.path("counts")),
                    Fields.time(rollout, "openedAt"),
                    Fields.text(rollout, "openedBy"));
        }
        return table.toString();
    }

    /** The answer of {@code GET /rollouts/ID}, with its databases where they were asked for. */
    public static String status(JsonNode rollout) {
        StringBuilder text = new StringBuilder(head(rollout));
        text.append('\n').append(waves(rollout.path("waves")));
        text.append(failures(rollout));
        if (rollout.path("late").asInt() > 0) {
            text.append('\n').append(Fields.number(rollout.path("late").asInt(), "database"));
            text.append(" appeared after it was opened, not part of it so far\n");
        }
        if (rollout.has("databaseList")) {
            text.append('\n').append(databases(rollout.path("databaseList")));
        }
        text.append(hint(rollout));
        return text.toString();
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

    private static String waves(JsonNode waves) {
        Table table = new Table("WAVE", "PHASE", "DATABASES", "FAILED/BUDGET", "STATES");
        for (JsonNode wave : waves) {
            table.row(
                    Fields.text(wave, "name"),
                    Fields.text(wave, "phase")
                            + (wave.path("overdue").asBoolean() ? " (late)" : ""),
                    Fields.text(wave, "databases"),
                    wave.path("failed").asInt() + "/" + wave.path("failuresAllowed").asInt(),
                    Fields.counts(wave.path("counts")));
        }
        return table.toString();
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

    private static String databases(JsonNode list) {
        Table table = new Table("DATABASE", "WAVE", "STATE", "STEPS", "AGENT", "WHY");
        for (JsonNode each : list) {
            table.row(
                    Fields.text(each, "database"),
                    Fields.text(each, "wave"),
                    Fields.text(each, "state"),
                    Fields.progress(each),
                    Fields.text(each, "agent"),
                    Fields.text(each, "reason"));
        }
        return table.toString();
    }

    /** What a person can do next, where the rollout waits for one. */
    static String hint(JsonNode rollout) {
        String command = "  skein rollout ";
        String id = " " + Fields.text(rollout, "id");
        switch (rollout.path("phase").asText()) {
            case "paused":
                String retry = command + "retry" + id + "\n";
                return "\nnext, one of\n"
                        + (rollout.path("failuresTotal").asInt() > 0 ? retry : "")
                        + (command + "resume" + id + "\n")
                        + (command + "rollback" + id + " --all\n");
            case "awaiting-approval":
                String digest = " --digest " + Fields.text(rollout, "digest");
                return "\nnext\n" + command + "approve" + id + digest + "\n";
            case "soaking":
                return "\nit goes on by itself, or now with\n" + command + "promote" + id + "\n";
            default:
                return "";
        }
    }
}
