package dev.skein.ops.source;

import dev.skein.engine.sql.SqlStatement;
import dev.skein.protocol.plan.ScriptExcerpt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/**
 * Puts statements of one file together to the text of a step, and notes where they stand in the
 * file.
 *
 * <p>Threads: one.
 */
final class StepText {
    private static final String SEPARATOR = ";\n";

    private final String file;
    private final StringBuilder text = new StringBuilder();
    private final List<ScriptExcerpt> excerpts = new ArrayList<>();
    private int line = 1;

    private StepText(String file) {
        this.file = file;
    }

    /** Those statements, one below the other. */
    static StepText of(String file, Collection<SqlStatement> statements) {
        StepText step = new StepText(file);
        statements.forEach(step::add);
        return step;
    }

    private void add(SqlStatement statement) {
        place(excerpt(statement, line));
        text.append(statement.text()).append(SEPARATOR);
        line += 1 + (int) statement.text().chars().filter(each -> each == '\n').count();
    }

    /** Statements that go on as the file does are one excerpt. */
    private void place(ScriptExcerpt next) {
        int last = excerpts.size() - 1;
        boolean goesOn =
                last >= 0
                        && excerpts.get(last).shift().equals(next.shift())
                        && next.number().equals(behind(excerpts.get(last)));
        if (goesOn) {
            ScriptExcerpt before = excerpts.get(last);
            excerpts.set(
                    last,
                    new ScriptExcerpt(
                            before.statements() + 1,
                            before.file(),
                            before.number(),
                            before.shift()));
        } else {
            excerpts.add(next);
        }
    }

    private static OptionalInt behind(ScriptExcerpt excerpt) {
        return OptionalInt.of(excerpt.number().orElseThrow() + excerpt.statements());
    }

    private ScriptExcerpt excerpt(SqlStatement statement, int at) {
        return ScriptExcerpt.of(file, 1, statement.number(), statement.line() - at);
    }

    /** The excerpts of statements that are sent each by itself. */
    static List<ScriptExcerpt> apart(String file, Collection<SqlStatement> statements) {
        StepText step = new StepText(file);
        statements.forEach(each -> step.excerpts.add(step.excerpt(each, 1)));
        return step.excerpts;
    }

    /** The text, with a semicolon behind the last statement too. */
    String text() {
        return text.substring(0, Math.max(0, text.length() - 1));
    }

    List<ScriptExcerpt> excerpts() {
        return excerpts;
    }
}
