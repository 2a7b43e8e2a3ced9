package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import dev.skein.ops.lint.TableAction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Cascade_restrictContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_constraintContext;

/** A drop that does not say what it takes with it. */
public final class DropCascade implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "drop-cascade",
                    Severity.WARNING,
                    Hazard.LOSS,
                    "a drop takes with it whatever depends on it");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        boolean named =
                statement
                        .dropNamed()
                        .map(drop -> drop.if_exist_names_restrict_cascade().cascade_restrict())
                        .filter(each -> each.CASCADE() != null)
                        .isPresent();
        boolean inTable =
                statement.actions().stream()
                        .flatMap(DropCascade::restricts)
                        .anyMatch(each -> each.CASCADE() != null);
        return named || inTable
                ? List.of(
                        Hit.of(
                                "cascade",
                                "views, keys and columns that depend on it go too, in each database"
                                        + " those that are there",
                                "drop what depends on it by name"))
                : List.of();
    }

    private static Stream<Cascade_restrictContext> restricts(TableAction action) {
        Drop_constraintContext constraint = action.tree().drop_constraint();
        return Stream.of(
                        Optional.ofNullable(action.tree().cascade_restrict()),
                        Optional.ofNullable(constraint)
                                .map(Drop_constraintContext::cascade_restrict))
                .flatMap(Optional::stream);
    }
}
