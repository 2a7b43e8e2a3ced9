package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** The commands that mend a failed database, and the result of mending it, for people. */
public final class RepairText {
    /** A half-done row, and a lock that nobody may hold any more. */
    private static final Set<String> BOOKS = Set.of("failed-row", "locked");

    private static final String UNDECIDED = "undecided";
    private static final Set<String> FAILED = Set.of("failed", "rollback-failed");
    private static final Set<String> ENDED =
            Set.of(
                    "failed",
                    "rollback-failed",
                    "irreversible",
                    "applied",
                    "rolled-back",
                    "nothing-to-undo");

    private RepairText() {}

    /** What was asked for, and the state of the database after it. */
    public static String outcome(JsonNode outcome) {
        String state = Fields.text(outcome, "state");
        StringBuilder text = new StringBuilder();
        text.append(Fields.text(outcome, "message")).append('\n');
        text.append(Fields.text(outcome, "database")).append(" is ").append(state);
        text.append(": ").append(Fields.text(outcome, "reason")).append('\n');
        if (!ENDED.contains(state)) {
            text.append("watch it with\n  skein rollout watch ");
            text.append(Fields.text(outcome, "rollout")).append('\n');
        }
        return text.toString();
    }

    /** The commands that mend a database, by the code of its failure; empty for other failures. */
    static Optional<String> verb(JsonNode database) {
        String repair = "skein database repair " + Fields.text(database, "database");
        if (!FAILED.contains(Fields.text(database, "state"))) {
            return Optional.empty();
        }
        String code = Fields.text(database, "code");
        if (BOOKS.contains(code)) {
            return Optional.of(repair);
        }
        return code.equals(UNDECIDED)
                ? Optional.of(
                        repair
                                + " --step-done, if it took effect; --step-not-done, if it left"
                                + " nothing behind")
                : Optional.empty();
    }
}
