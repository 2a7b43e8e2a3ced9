package dev.skein.ops.downs;

import dev.skein.engine.sql.SqlRefused;
import dev.skein.engine.sql.SqlScript;
import dev.skein.engine.sql.SqlStatement;
import dev.skein.engine.sql.TokenCursor;
import dev.skein.ops.source.Statements;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the statements of a migration that may change rows, by their first words. */
final class DataStatements {
    private static final Set<String> CHANGING =
            Set.of("insert", "update", "delete", "merge", "truncate", "with", "do", "call", "copy");

    private DataStatements() {}

    /** These statements of the migration's up, each on one line and quoted. */
    static List<String> of(Migration migration) {
        List<String> found = new ArrayList<>();
        for (SqlStatement statement : statements(migration)) {
            if (mayChangeRows(statement)) {
                found.add(Statements.shown(statement));
            }
        }
        return found;
    }

    /** Whether its up holds nothing but comments. */
    static boolean isEmpty(Migration migration) {
        return statements(migration).isEmpty();
    }

    private static List<SqlStatement> statements(Migration migration) {
        List<SqlStatement> all = new ArrayList<>();
        for (Step step : migration.up()) {
            if (step instanceof DelegatedStep) {
                continue;
            }
            try {
                all.addAll(SqlScript.parse(migration.script(), step.text()).statements());
            } catch (SqlRefused unreadable) {
                // The server ran it. What it did to rows is then seen in the schema only.
                continue;
            }
        }
        return all;
    }

    private static boolean mayChangeRows(SqlStatement statement) {
        TokenCursor words = TokenCursor.of(statement.text());
        // A query changes rows only through the functions it calls.
        return CHANGING.contains(words.text(0).toLowerCase(Locale.ROOT))
                || words.is(0, "select") && HarmlessCalls.hasOther(words);
    }
}
