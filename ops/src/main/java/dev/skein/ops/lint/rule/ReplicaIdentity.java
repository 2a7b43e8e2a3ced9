package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import java.util.List;

/** A change of what subscribers get. */
public final class ReplicaIdentity implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "replica-identity",
                    Severity.NOTICE,
                    Hazard.BLOCKS_READS,
                    "what logical replication sends of a table is changed");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement.actions().stream()
                .filter(
                        action ->
                                action.tree().REPLICA() != null && action.tree().IDENTITY() != null)
                .map(
                        action ->
                                Hit.of(
                                        action.table(),
                                        "nobody can read it until the transaction ends, and"
                                                + " subscribers get other columns from now on",
                                        "tell the owners of the subscriptions first"))
                .toList();
    }
}
