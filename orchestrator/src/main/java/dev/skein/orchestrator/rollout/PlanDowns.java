package dev.skein.orchestrator.rollout;

import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.text.ShortList;
import java.util.List;
import java.util.Optional;

/** Which migrations of a plan can be undone, and what people call them. */
final class PlanDowns {
    private static final int NAMED_MAX = 5;

    private final Plan plan;
    private final List<Migration> placed;

    PlanDowns(Plan plan) {
        this.plan = plan;
        // A repeatable migration has no down and needs none.
        placed =
                plan.migrations().stream()
                        .filter(each -> each.kind() != MigrationKind.REPEATABLE)
                        .toList();
    }

    /** Those that cannot be undone, in the plan's order. */
    List<Migration> missing() {
        return placed.stream().filter(each -> each.down().isEmpty()).toList();
    }

    /** Whether a migration has that version, or it is the state before the first one. */
    boolean knowsVersion(String version) {
        return version.equals(RollbackTerms.TO_NOTHING)
                || placed.stream().anyMatch(each -> each.version().equals(version));
    }

    /** The migration that a person means: by its key, its version or its file. */
    Optional<Migration> named(String name) {
        return plan.migrations().stream()
                .filter(
                        each ->
                                each.key().equals(name)
                                        || each.version().equals(name)
                                        || each.script().equals(name))
                .findFirst();
    }

    static String names(List<Migration> migrations) {
        return ShortList.of(migrations.stream().map(Migration::script).toList(), NAMED_MAX);
    }

    String versions() {
        return ShortList.of(placed.stream().map(Migration::version).toList(), NAMED_MAX);
    }
}
