package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DatabaseState;
import dev.skein.orchestrator.fleet.MigrationSpan;
import dev.skein.orchestrator.fleet.OrderReport;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.text.ShortList;
import java.util.List;
import java.util.Optional;

/** Which migrations of a plan can be undone, and which of them a database would need. */
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

    /**
     * Those that a rollback of the database would come to and could not undo. As far as the reports
     * tell: what a rollout found there is not known here, and the agent has the last word.
     */
    List<Migration> obstacles(RolloutId rollout, DatabaseState database, RollbackTerms terms) {
        return terms.to().isPresent()
                ? above(terms, database)
                : database.progress()
                        .of(rollout)
                        .flatMap(OrderReport::changed)
                        .map(span -> between(indexOf(span), lastOf(span), terms))
                        .orElse(List.of());
    }

    private int indexOf(MigrationSpan span) {
        return position(span.first());
    }

    private int lastOf(MigrationSpan span) {
        return position(span.last());
    }

    private int position(String key) {
        for (int i = 0; i < placed.size(); i++) {
            if (placed.get(i).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private List<Migration> above(RollbackTerms terms, DatabaseState database) {
        boolean graph = placed.stream().anyMatch(each -> each.parents().isPresent());
        int now = database.progress().version().map(this::positionOf).orElse(-1);
        // Where branches meet, what is above a version cannot be told from a position.
        return graph || now < 0
                ? List.of()
                : between(positionOf(terms.to().orElseThrow()) + 1, now, terms);
    }

    private int positionOf(String version) {
        for (int i = 0; i < placed.size(); i++) {
            if (placed.get(i).version().equals(version)) {
                return i;
            }
        }
        return -1;
    }

    private List<Migration> between(int first, int last, RollbackTerms terms) {
        if (first < 0 || last < first) {
            return List.of();
        }
        return placed.subList(first, last + 1).stream()
                .filter(each -> each.down().isEmpty() && !terms.accepts(each.key()))
                .toList();
    }

    static String names(List<Migration> migrations) {
        return ShortList.of(migrations.stream().map(Migration::script).toList(), NAMED_MAX);
    }

    String versions() {
        return ShortList.of(placed.stream().map(Migration::version).toList(), NAMED_MAX);
    }
}
