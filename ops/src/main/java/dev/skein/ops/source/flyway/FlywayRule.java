package dev.skein.ops.source.flyway;

import dev.skein.ops.source.ProblemCode;
import dev.skein.ops.source.Problems;
import dev.skein.ops.source.ScriptRule;
import dev.skein.ops.source.SourceScript;
import dev.skein.ops.source.Statements;
import dev.skein.ops.source.StepList;
import dev.skein.ops.sql.SqlStatement;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.OptionalInt;

/**
 * Flyway: a script is one transaction, or none of its statements is inside one, which Flyway finds
 * out by itself; a mixture is refused, as Flyway does unless {@code mixed} is set.
 *
 * <p>Two differences, both where Flyway could only fail. It does not see that {@code reindex …
 * concurrently} of an index or a table, or {@code detach partition … concurrently}, refuses a
 * transaction; here they count as all others do. And settings of the session may stand beside
 * non-transactional statements.
 */
final class FlywayRule implements ScriptRule {
    @Override
    public List<Step> steps(SourceScript script, Problems problems) {
        OptionalInt placeholder = FlywayPlaceholders.first(script.text());
        if (placeholder.isPresent()) {
            refusePlaceholder(script, placeholder.getAsInt(), problems);
            return List.of();
        }
        List<SqlStatement> statements = Statements.of(script, problems).orElse(List.of());
        for (SqlStatement statement : statements) {
            if (Statements.isControl(statement)) {
                Statements.refuseControl(script, statement, problems);
            }
        }
        return statements.stream().anyMatch(Statements::isNonTransactional)
                ? outsideOfTransactions(script, statements, problems)
                : StepList.ofWhole(script);
    }

    private static void refusePlaceholder(SourceScript script, int at, Problems problems) {
        String text = script.text();
        int end = text.indexOf('}', at);
        problems.add(
                script.file(),
                script.line(at),
                ProblemCode.PLACEHOLDER,
                "Flyway would replace the placeholder %s, also in comments and literals, and"
                                .formatted(end < 0 ? "${" : text.substring(at, end + 1))
                        + " placeholders are not supported yet",
                "Write the value itself");
    }

    private static List<Step> outsideOfTransactions(
            SourceScript script, List<SqlStatement> statements, Problems problems) {
        SqlStatement alone =
                statements.stream()
                        .filter(Statements::isNonTransactional)
                        .findFirst()
                        .orElseThrow();
        for (SqlStatement statement : statements) {
            if (Statements.isTransactional(statement) || Statements.isSavepoint(statement)) {
                problems.add(
                        script.file(),
                        statement.line(),
                        ProblemCode.MIXED,
                        "%s runs inside a transaction, %s on line %d does not, and Flyway refuses"
                                        .formatted(
                                                Statements.shown(statement),
                                                Statements.shown(alone),
                                                alone.line())
                                + " to mix them",
                        "Put one of them into a migration of its own");
                return List.of();
            }
        }
        return StepList.oneByOne(script, statements);
    }
}
