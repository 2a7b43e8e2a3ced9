package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.List;

/** Triggers that are switched on or off for everybody. */
public final class ToggleTrigger implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "toggle-trigger",
                    Severity.WARNING,
                    Hazard.BLOCKS_WRITES,
                    "triggers are switched on or off");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement.actions().stream()
                .filter(action -> action.tree().TRIGGER() != null)
                .map(
                        action ->
                                Hit.of(
                                        action.table(),
                                        "nobody can write it until the transaction ends, and what"
                                            + " others write then is not seen by the trigger, or"
                                            + " is; foreign keys are triggers too",
                                        "set local session_replication_role = replica, for this"
                                                + " transaction alone"))
                .toList();
    }
}
