package dev.skein.ops.lint;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A hazard of one statement of a plan.
 *
 * @param migration the key of the migration
 * @param file relative to the source
 * @param line of the statement's first word, from 1; absent where the file does not hold it
 * @param number among the statements of the migration, from 1
 * @param statement its first line, shortened
 */
public record Finding(
        RuleNote rule,
        Severity severity,
        String migration,
        String file,
        OptionalInt line,
        int number,
        String statement,
        String object,
        String message,
        Optional<String> remedy) {}
