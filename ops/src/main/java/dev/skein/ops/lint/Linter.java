package dev.skein.ops.lint;

import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Looks at the ups of a plan with every rule.
 *
 * <ol>
 *   <li>Migrations up to the last one that is out are passed over; what they made is there for
 *       others to work with.
 *   <li>Each statement of the rest is looked at knowing what the plan and its transaction did
 *       before.
 *   <li>A finding that a person's word covers is counted and not shown.
 * </ol>
 *
 * <p>Used once, by one thread.
 */
public final class Linter {
    private static final int SHOWN_MAX = 120;

    private final Plan plan;
    private final LintSettings settings;
    private final RuleBook rules;
    private final PlanSoFar soFar = new PlanSoFar();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Suppression> suppressions;
    private final Set<Suppression> used = new LinkedHashSet<>();
    private final List<String> unread = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int suppressed;

    private Linter(Plan plan, RuleBook rules, LintSettings settings) {
        this.rules = rules;
        this.plan = plan;
        this.settings = settings;
        this.suppressions = new ArrayList<>(settings.suppressions());
    }

    /**
     * @throws LintRefused if a suppression is wrong, or the last migration that is out is none of
     *     the plan's
     */
    public static LintReport lint(Plan plan, RuleBook rules, LintSettings settings) {
        return new Linter(plan, rules, settings).report();
    }

    private LintReport report() {
        List<Migration> pending = pending();
        List<List<PlanStatements.OfStep>> steps =
                pending.stream().map(each -> new PlanStatements(each).ofSteps()).toList();
        steps.forEach(each -> each.forEach(this::noteIndexes));
        SortedMap<String, MigrationClass> classes = new TreeMap<>();
        for (int index = 0; index < pending.size(); index++) {
            classes.put(pending.get(index).key(), lint(pending.get(index), steps.get(index)));
        }
        if (!problems.isEmpty()) {
            throw new LintRefused(problems);
        }
        List<String> unused =
                suppressions.stream()
                        .filter(each -> !used.contains(each))
                        .map(Suppression::describe)
                        .toList();
        int out = plan.migrations().size() - pending.size();
        return new LintReport(pending.size(), out, classes, findings, suppressed, unused, unread);
    }

    private List<Migration> pending() {
        List<Migration> all = plan.migrations();
        if (settings.since().isEmpty()) {
            return all;
        }
        String last = settings.since().get();
        List<String> keys = all.stream().map(Migration::key).toList();
        int at = keys.indexOf(last);
        if (at < 0) {
            throw new LintRefused(
                    List.of(
                            "--since '"
                                    + last
                                    + "' is no migration of the plan; its last one is '"
                                    + keys.get(keys.size() - 1)
                                    + "'"));
        }
        return all.subList(at + 1, all.size());
    }

    private void noteIndexes(PlanStatements.OfStep step) {
        for (PlanStatement each : step.statements()) {
            if (each.tree().isPresent()) {
                StatementEffects.noteBeforehand(linted(each, Optional.empty()), soFar);
            }
        }
    }

    private LintedStatement linted(PlanStatement each, Optional<TransactionSoFar> transaction) {
        return new LintedStatement(
                each.tree().orElseThrow(),
                each.text(),
                soFar,
                transaction,
                settings.serverVersion());
    }

    private MigrationClass lint(Migration migration, List<PlanStatements.OfStep> steps) {
        ClassOfMigration found = new ClassOfMigration();
        for (PlanStatements.OfStep step : steps) {
            step.unread().ifPresent(why -> unread.add("migration " + migration.key() + ": " + why));
            if (step.unread().isPresent()) {
                found.unknown();
            }
            lint(migration, step, found);
        }
        return found.get();
    }

    private void lint(Migration migration, PlanStatements.OfStep step, ClassOfMigration found) {
        ScriptSuppressions written =
                new ScriptSuppressions(
                        rules, migration.script(), migration.key(), step.step().text());
        problems.addAll(written.problems());
        suppressions.addAll(written.all());
        Optional<TransactionSoFar> transaction =
                step.inTransaction() ? Optional.of(new TransactionSoFar()) : Optional.empty();
        int end = 0;
        for (PlanStatement each : step.statements()) {
            transaction = OwnTransaction.around(each.text(), transaction, step.inTransaction());
            if (each.tree().isEmpty()) {
                unread.add(place(migration, each) + ": the grammar does not know this statement");
                found.unknown();
            } else {
                LintedStatement statement = linted(each, transaction);
                found.saw(statement);
                lint(migration, each, statement, written.between(end, each.stepLine()))
                        .forEach(found::found);
                StatementEffects.note(statement, soFar);
            }
            end = each.stepLineEnd();
        }
    }

    /** All that the rules find; those that are suppressed are found nevertheless. */
    private List<Finding> lint(
            Migration migration,
            PlanStatement each,
            LintedStatement statement,
            List<Suppression> here) {
        List<Finding> found = new ArrayList<>();
        for (Rule rule : rules.rules()) {
            for (Hit hit : rule.check(statement)) {
                Finding finding = finding(rule.note(), migration, each, hit);
                found.add(finding);
                keepUnlessSuppressed(finding, here);
            }
        }
        return found;
    }

    private void keepUnlessSuppressed(Finding finding, List<Suppression> here) {
        List<Suppression> covering = new ArrayList<>(here);
        covering.addAll(settings.suppressions());
        covering.removeIf(each -> !each.covers(finding));
        used.addAll(covering);
        if (covering.isEmpty()) {
            findings.add(finding);
        } else {
            suppressed++;
        }
    }

    private static Finding finding(
            RuleNote rule, Migration migration, PlanStatement each, Hit hit) {
        String first = each.text().lines().findFirst().orElse("").stripTrailing();
        boolean whole = first.length() <= SHOWN_MAX;
        return new Finding(
                rule,
                hit.severity().orElse(rule.severity()),
                migration.key(),
                each.file(),
                each.line(),
                each.number(),
                whole ? first : first.substring(0, SHOWN_MAX) + "…",
                hit.object(),
                hit.message(),
                hit.remedy());
    }

    private static String place(Migration migration, PlanStatement each) {
        return each.line().isPresent()
                ? each.file() + ":" + each.line().getAsInt()
                : each.file() + ", statement " + each.number() + " of " + migration.key();
    }
}
