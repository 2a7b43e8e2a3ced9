package dev.skein.engine.execution;

import dev.skein.protocol.Sha256;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.FailedStatement;
import dev.skein.protocol.plan.FlywayChecksum;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.ScriptExcerpt;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Says where the statement of a step that failed stands in the file that it was read from. */
final class FailedPlace {
    private static final OptionalInt UNKNOWN = OptionalInt.empty();

    private final Step step;
    private final Direction direction;
    private final Optional<Migration> migration;

    private FailedPlace(PlannedStep plannedStep) {
        this.step = plannedStep.step();
        this.direction = plannedStep.ref().direction();
        this.migration = plannedStep.migration();
    }

    /**
     * The statement with its place in the file.
     *
     * @param statement whose number and line are those of what was sent
     */
    static FailedStatement of(PlannedStep plannedStep, FailedStatement statement) {
        FailedPlace place = new FailedPlace(plannedStep);
        return plannedStep.step().excerpts().isEmpty()
                ? place.withoutExcerpts(statement)
                : place.withExcerpts(statement);
    }

    private FailedStatement withExcerpts(FailedStatement statement) {
        List<ScriptExcerpt> excerpts = step.excerpts();
        if (statement.number().isEmpty()) {
            return statement.in(onlyFile(excerpts), UNKNOWN, UNKNOWN);
        }
        Optional<ScriptExcerpt> found = ScriptExcerpt.at(statement.number().getAsInt(), excerpts);
        OptionalInt line = found.map(each -> sum(statement.line(), each.shift())).orElse(UNKNOWN);
        return statement.in(
                found.flatMap(ScriptExcerpt::file).or(this::script),
                found.map(ScriptExcerpt::number).orElse(UNKNOWN),
                line);
    }

    private static OptionalInt sum(OptionalInt one, OptionalInt other) {
        return one.isPresent() && other.isPresent()
                ? OptionalInt.of(one.getAsInt() + other.getAsInt())
                : UNKNOWN;
    }

    /** What fails when all statements have run may be of any of its files. */
    private Optional<String> onlyFile(List<ScriptExcerpt> excerpts) {
        List<String> files =
                excerpts.stream().flatMap(each -> each.file().stream()).distinct().toList();
        return files.size() == 1 ? Optional.of(files.get(0)) : script();
    }

    private Optional<String> script() {
        return migration.map(Migration::script);
    }

    /**
     * For plans of versions that noted no excerpts, and downs that were made: the line is known
     * where the text of the migration's only step is the whole file's, which the checksum tells.
     */
    private FailedStatement withoutExcerpts(FailedStatement statement) {
        Optional<Migration> up = migration.filter(each -> direction == Direction.UP);
        boolean whole = up.filter(this::isWholeFileOf).isPresent();
        return statement.in(
                up.map(Migration::script),
                whole ? statement.number() : UNKNOWN,
                whole ? statement.line() : UNKNOWN);
    }

    private boolean isWholeFileOf(Migration of) {
        return of.up().size() == 1
                && of.checksum()
                        .filter(
                                sum ->
                                        sum.equals(Sha256.hex(step.text()))
                                                || sum.equals(
                                                        Integer.toString(
                                                                FlywayChecksum.of(step.text()))))
                        .isPresent();
    }
}
