package dev.skein.ops.source.flyway;

import dev.skein.engine.sql.SqlStatement;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.SourceScript;
import dev.skein.ops.source.Statements;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Callbacks that write Flyway's table before the migrations run. Flyway reads the table after them;
 * an agent has read it before any hook of the plan, so that what they mend would come too late.
 */
final class FlywayHistoryWrites {
    private static final String WRITES =
            "(?is).*\\b(?:update(?:\\s+only)?|insert\\s+into|delete\\s+from(?:\\s+only)?"
                    + "|merge\\s+into|alter\\s+table(?:\\s+if\\s+exists)?(?:\\s+only)?"
                    + "|truncate(?:\\s+table)?|drop\\s+table(?:\\s+if\\s+exists)?)"
                    + "\\s+(?:[\\w\"$]+\\.)?\"?%s\"?(?![\\w$]).*";

    private final Pattern writes;
    private final PlanProblems problems;

    /**
     * @param table the name of Flyway's table
     */
    FlywayHistoryWrites(String table, PlanProblems problems) {
        this.writes = Pattern.compile(WRITES.formatted(Pattern.quote(table)));
        this.problems = problems;
    }

    /**
     * @param text the callback with its placeholders filled in
     */
    void refuse(FlywayScript callback, String text) {
        FlywayEvent event = callback.file().name().event().orElseThrow();
        boolean late =
                event.use() == FlywayEvent.Use.BEFORE || event.use() == FlywayEvent.Use.BEFORE_EACH;
        if (!late) {
            return;
        }
        SourceScript script = callback.with(text);
        // What cannot be read is refused where its steps are made.
        Optional<List<SqlStatement>> statements = Statements.of(script, new PlanProblems());
        statements.stream()
                .flatMap(List::stream)
                .filter(each -> writes.matcher(each.text()).matches())
                .findFirst()
                .ifPresent(each -> refuse(callback, event, each));
    }

    private void refuse(FlywayScript callback, FlywayEvent event, SqlStatement statement) {
        problems.add(
                callback.file().shown(),
                statement.line(),
                PlanProblemCode.NOT_SUPPORTED,
                "the callback %s writes Flyway's own table, %s;"
                                .formatted(event.id(), Statements.shown(statement))
                        + " Flyway reads the table after it, and an agent has read it before",
                "Run these statements, or 'flyway repair', on each database once, and build the"
                        + " plan with --leave-out "
                        + callback.file().fileName());
    }
}
