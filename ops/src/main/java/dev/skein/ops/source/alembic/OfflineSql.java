package dev.skein.ops.source.alembic;

import dev.skein.engine.sql.SqlRefused;
import dev.skein.engine.sql.SqlScript;
import dev.skein.engine.sql.TokenCursor;
import dev.skein.ops.source.SqlExcerpt;
import dev.skein.ops.source.Statements;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The SQL that a script sends in offline mode, where it has no catalogue to ask.
 *
 * @param sql absent where it failed
 * @param error why it failed
 */
record OfflineSql(Optional<String> sql, Optional<String> error) {
    private static final String[] READING = {"select", "show", "values", "table"};

    /** Rows' values are written in other words offline; what is done to which table is not. */
    private static final Pattern ROWS =
            Pattern.compile(
                    "(?is)^(insert\\s+into\\s+[^\\s(]+|update\\s+(only\\s+)?\\S+"
                            + "|delete\\s+from\\s+(only\\s+)?\\S+).*");

    /** Why the answers of the catalogue matter to a script, or empty if they do not. */
    Optional<String> reason(String file, RecordedScript script) {
        Optional<AlembicStatement> asked =
                script.statements().stream()
                        .filter(each -> each.kind() == AlembicStatement.Kind.CATALOGUE)
                        .findFirst();
        return asked.flatMap(
                first ->
                        trouble(file, script)
                                .map(
                                        trouble ->
                                                "its SQL follows from what the catalogue answers"
                                                        + " in each database ("
                                                        + first.shown()
                                                        + "): "
                                                        + trouble));
    }

    private Optional<String> trouble(String file, RecordedScript script) {
        if (sql.isEmpty()) {
            return Optional.of("offline, without a database, it fails: " + error.orElse(""));
        }
        List<String> recorded =
                script.writes().stream()
                        .flatMap(each -> statements(file, each.sql()).stream())
                        .toList();
        List<String> offline = statements(file, sql.get());
        if (recorded.equals(offline)) {
            return Optional.empty();
        }
        int at = 0;
        while (at < Math.min(recorded.size(), offline.size())
                && recorded.get(at).equals(offline.get(at))) {
            at++;
        }
        return Optional.of(
                "with a database it gives "
                        + SqlExcerpt.difference(at(recorded, at), at(offline, at))
                        + " without one");
    }

    private static String at(List<String> texts, int index) {
        return index < texts.size() ? texts.get(index) : "nothing";
    }

    private static List<String> statements(String file, String sql) {
        try {
            return SqlScript.parse(file, sql).statements().stream()
                    .filter(each -> !Statements.isControl(each))
                    .filter(each -> !TokenCursor.of(each.text()).isAny(0, READING))
                    .map(each -> each.text().strip().replaceAll("\\s+", " "))
                    .map(each -> ROWS.matcher(each).replaceFirst("$1 …"))
                    .toList();
        } catch (SqlRefused refused) {
            return List.of(sql);
        }
    }
}
