package dev.skein.ops.source.alembic;

import dev.skein.engine.sql.SqlScript;
import dev.skein.engine.sql.SqlStatement;
import dev.skein.ops.source.ProblemCode;
import dev.skein.ops.source.Problems;
import dev.skein.ops.source.Statements;
import dev.skein.ops.source.record.Shown;
import dev.skein.protocol.plan.Hooks;
import dev.skein.protocol.plan.ScriptStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What env.py executes around the revisions.
 *
 * @param session settings that hold in every revision
 * @param always what may run ahead of every order, for instance {@code create schema if not exists}
 * @param once what belongs to the first revision
 */
record Environment(List<String> session, List<String> always, List<String> once) {
    /** Agents set timeouts themselves, and each script tells its own search path. */
    private static final Pattern NOT_OURS = Pattern.compile("(?is).*(_timeout|search_path)\\b.*");

    private static final Pattern LOCK =
            Pattern.compile("(?is)^select\\s+(pg_catalog\\.)?pg_(try_)?advisory_.*|^lock\\b.*");

    private static final Pattern REPEATABLE =
            Pattern.compile("(?is).*\\b(if\\s+not\\s+exists|or\\s+replace|if\\s+exists)\\b.*");

    Environment {
        session = List.copyOf(session);
        always = List.copyOf(always);
        once = List.copyOf(once);
    }

    static Environment of(AlembicRecording recording, String file, Problems problems) {
        List<String> session = new ArrayList<>();
        List<String> always = new ArrayList<>();
        List<String> once = new ArrayList<>();
        for (SqlStatement statement : statements(recording.before(), file)) {
            if (Statements.isSession(statement)) {
                session.add(statement.text());
            } else {
                (REPEATABLE.matcher(statement.text()).matches() ? always : once)
                        .add(statement.text());
            }
        }
        for (SqlStatement statement : statements(recording.after(), file)) {
            if (!Statements.isSession(statement)) {
                problems.add(
                        file,
                        ProblemCode.NOT_SUPPORTED,
                        "env.py executes "
                                + Shown.of(statement.text())
                                + " behind the revisions, and no revision has it",
                        "Move it into a revision");
            }
        }
        return new Environment(session, always, once);
    }

    private static List<SqlStatement> statements(List<RecordedStatement> recorded, String file) {
        return recorded.stream()
                .flatMap(each -> SqlScript.parse(file, each.sql()).statements().stream())
                .filter(each -> !Statements.isControl(each))
                .filter(each -> !LOCK.matcher(each.text()).matches())
                .filter(
                        each ->
                                !Statements.isSession(each)
                                        || !NOT_OURS.matcher(each.text()).matches())
                .toList();
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
