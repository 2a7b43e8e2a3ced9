package dev.skein.ops.sim;

import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;

/** The text of a step. */
final class SimSql {
    private SimSql() {}

    static String of(Step step) {
        return step.text();
    }

    /** Whether its last script takes all of the migration back at once. */
    static boolean clears(Migration migration) {
        return migration
                .down()
                .filter(steps -> of(steps.get(steps.size() - 1)).startsWith("clear "))
                .isPresent();
    }

    static boolean isUndecidable(Step step) {
        return step instanceof StatementStep statement
                && statement.probe() instanceof Probe.Undecidable;
    }

    /** A script with transactions of its own that works on one object twice. */
    static String ofTwoParts(String word, String object) {
        String part = word + " " + object;
        return part + " ; commit; begin; " + part + " ; commit";
    }

    static boolean isOfTwoParts(String word) {
        return word.equals("alter") || word.equals("drop");
    }
}
