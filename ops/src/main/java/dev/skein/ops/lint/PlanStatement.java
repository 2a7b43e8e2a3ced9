package dev.skein.ops.lint;

import java.util.Optional;
import java.util.OptionalInt;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;

/**
 * One statement of a plan as it lies there.
 *
 * @param file relative to the source
 * @param line in the file; absent where the file does not hold it
 * @param stepLine of its first word in the step's text, from 1
 * @param stepLineEnd of its last word there
 * @param number among the statements of the migration, from 1
 * @param tree absent where the grammar does not know it
 */
record PlanStatement(
        String file,
        OptionalInt line,
        int stepLine,
        int stepLineEnd,
        int number,
        String text,
        Optional<StatementContext> tree) {}
