package dev.skein.ops.rehearse;

import dev.skein.protocol.plan.Hooks;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How far a plan has come in a rehearsal. Each of its orders has a plan of what is there already
 * and of the migration that follows, so that the engine applies just that one.
 */
final class RehearsedPlan {
    private final Plan plan;
    private final boolean tabled;
    private final Set<String> inTemplate = new LinkedHashSet<>();
    private final Set<String> applied = new LinkedHashSet<>();

    /**
     * @param tabled whether the framework keeps a version table: one without finds nothing of what
     *     a template had, because the ledger of the copy is a new one
     */
    RehearsedPlan(Plan plan, boolean tabled) {
        this.plan = plan;
        this.tabled = tabled;
    }

    /** Notes what the template had already. */
    void foundInTemplate(Set<String> keys) {
        inTemplate.addAll(keys);
    }

    /** Keys of the migrations that the template had already. */
    Set<String> inTemplate() {
        return inTemplate;
    }

    /** Whether the migration was not among those applied before. */
    boolean add(Migration migration) {
        return applied.add(migration.key());
    }

    void remove(Migration migration) {
        applied.remove(migration.key());
    }

    /** The migrations that the rehearsal has applied, in the order of the plan. */
    List<Migration> applied() {
        return plan.migrations().stream().filter(each -> applied.contains(each.key())).toList();
    }

    /** What the framework runs before the first migration. */
    List<Hooks.Hook> before() {
        return plan.hooks().map(Hooks::before).orElse(List.of());
    }

    /** What the framework runs behind the last migration. */
    List<Hooks.Hook> after() {
        return plan.hooks().map(Hooks::after).orElse(List.of());
    }

    /** All that is applied, and what runs behind it. */
    Plan soFar() {
        return soFar(Set.of(), List.of());
    }

    /** All that is applied, with what runs before the first migration. */
    Plan fromTheBeginning() {
        return soFar(Set.of(), before());
    }

    /** Up to this migration, which is the first one, with what runs before it. */
    Plan upTo(Migration first) {
        return soFar(Set.of(first.key()), before());
    }

    private Plan soFar(Set<String> more, List<Hooks.Hook> before) {
        List<Migration> migrations = new ArrayList<>();
        for (Migration migration : plan.migrations()) {
            boolean there = tabled && inTemplate.contains(migration.key());
            if (there || applied.contains(migration.key()) || more.contains(migration.key())) {
                migrations.add(migration);
            }
        }
        return new Plan(
                plan.framework(),
                plan.versionTable(),
                migrations,
                plan.gaps(),
                plan.parameters(),
                Optional.of(new Hooks(before, after())),
                Optional.empty(),
                plan.leftOut());
    }
}
