package dev.skein.ops.source.alembic;

import dev.skein.engine.sql.SqlScript;
import dev.skein.engine.sql.SqlStatement;
import dev.skein.engine.sql.TokenCursor;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.SqlExcerpt;
import dev.skein.ops.source.Statements;
import dev.skein.protocol.plan.Hooks;
import dev.skein.protocol.plan.ScriptStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What env.py executes around the revisions.
 *
 * @param session settings that hold in every revision
 * @param always what may run before every order, for instance {@code create schema if not exists}
 * @param once what belongs to the first revision
 */
record Environment(List<String> session, List<String> always, List<String> once) {
    private static final List<String> ADVISORY = List.of("pg_advisory_", "pg_try_advisory_");

    Environment {
        session = List.copyOf(session);
        always = List.copyOf(always);
        once = List.copyOf(once);
    }

    static Environment of(AlembicRecording recording, String file, PlanProblems problems) {
        List<String> session = new ArrayList<>();
        List<String> always = new ArrayList<>();
        List<String> once = new ArrayList<>();
        for (SqlStatement statement : statements(recording.before(), file)) {
            if (Statements.isSession(statement)) {
                session.add(statement.text());
            } else {
                (isRepeatable(statement) ? always : once).add(statement.text());
            }
        }
        for (SqlStatement statement : statements(recording.after(), file)) {
            if (!Statements.isSession(statement)) {
                problems.add(
                        file,
                        PlanProblemCode.NOT_SUPPORTED,
                        "env.py executes "
                                + SqlExcerpt.of(statement.text())
                                + " behind the revisions, and no revision has it",
                        "Move it into a revision");
            }
        }
        return new Environment(session, always, once);
    }

    private static List<SqlStatement> statements(List<AlembicStatement> recorded, String file) {
        return recorded.stream()
                .flatMap(each -> SqlScript.parse(file, each.sql()).statements().stream())
                .filter(each -> !Statements.isControl(each))
                .filter(each -> !locks(TokenCursor.of(each.text())))
                .filter(each -> !Statements.isSession(each) || !isSetElsewhere(each))
                .toList();
    }

    private static boolean isRepeatable(SqlStatement statement) {
        TokenCursor words = TokenCursor.of(statement.text());
        return words.indexOfAll("if", "not", "exists") >= 0
                || words.indexOfAll("if", "exists") >= 0
                || words.indexOfAll("or", "replace") >= 0;
    }

    private static boolean locks(TokenCursor words) {
        int function = words.is(1, "pg_catalog") ? 3 : 1;
        return words.is(0, "lock")
                || words.is(0, "select") && ADVISORY.stream().anyMatch(startOf(words, function));
    }

    private static Predicate<String> startOf(TokenCursor words, int index) {
        return words.text(index).toLowerCase(Locale.ROOT)::startsWith;
    }

    /** Agents set timeouts themselves, and each script tells its own search path. */
    private static boolean isSetElsewhere(SqlStatement statement) {
        TokenCursor words = TokenCursor.of(statement.text());
        for (int index = 1; index < words.size(); index++) {
            String word = words.text(index).replace("'", "").toLowerCase(Locale.ROOT);
            if (word.endsWith("_timeout") || word.equals("search_path")) {
                return true;
            }
        }
        return false;
    }

    Optional<Hooks> hooks() {
        return always.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Hooks(
                                List.of(
                                        new Hooks.Hook(
                                                "env.py",
                                                new ScriptStep(String.join(";\n", always) + ";"))),
                                List.of()));
    }
}
