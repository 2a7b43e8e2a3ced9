package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DatabaseState;
import dev.skein.orchestrator.fleet.LastStep;
import dev.skein.orchestrator.fleet.MigrationSpan;
import dev.skein.orchestrator.fleet.OrderReport;
import dev.skein.orchestrator.fleet.StepPosition;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Ancestry;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where in a plan a database is, as far as its reports tell.
 *
 * <p>They tell its version. In a line, all up to that version is there; in a graph, the heads and
 * their ancestors. What was applied out of order, or is missing in between, only an agent sees.
 */
final class ReportedPlace {
    private static final String BETWEEN_HEADS = ",";

    private final Plan plan;
    private final DatabaseState database;
    private final StepPosition steps;

    ReportedPlace(Plan plan, DatabaseState database) {
        this.plan = plan;
        this.database = database;
        steps = database.progress().steps();
    }

    Optional<String> version() {
        return database.progress().version();
    }

    /** Whether an agent has read the database, and told what there is. */
    boolean isRead() {
        return version().isPresent()
                || Stream.concat(
                                database.progress().last().stream(),
                                database.progress().earlier().values().stream())
                        .anyMatch(ReportedPlace::tells);
    }

    private static boolean tells(OrderReport report) {
        return switch (report.status()) {
            case WAITING, UNAVAILABLE, FAILED ->
                    report.progress().filter(each -> each.stepsTotal() > 0).isPresent();
            case RUNNING,
                    RETRYING,
                    APPLIED,
                    SURVEYED,
                    ADOPTED,
                    ROLLED_BACK,
                    NOTHING_TO_UNDO,
                    IRREVERSIBLE ->
                    true;
        };
    }

    /**
     * Keys of the migrations that are there, wholly or in part, in the plan's order; empty if that
     * cannot be told. Repeatable ones are never among them.
     */
    Optional<List<String>> present() {
        if (!isRead()) {
            return Optional.empty();
        }
        return version()
                .map(this::upTo)
                .orElse(Optional.of(Collections.emptySet()))
                .map(this::withHalfDone);
    }

    private Optional<Set<String>> upTo(String version) {
        Optional<Ancestry> graph = Ancestry.in(plan);
        if (graph.isPresent()) {
            List<String> heads = Arrays.asList(version.split(BETWEEN_HEADS));
            return heads.stream().allMatch(graph.get()::knows)
                    ? Optional.of(graph.get().withAncestors(heads))
                    : Optional.empty();
        }
        Set<String> keys = new LinkedHashSet<>();
        for (Migration each : placed()) {
            if (each.kind() == MigrationKind.VERSIONED) {
                keys.add(each.key());
            }
            if (each.version().equals(version)) {
                return Optional.of(keys);
            }
        }
        return Optional.empty();
    }

    private List<String> withHalfDone(Collection<String> whole) {
        return placed().stream()
                .map(Migration::key)
                .filter(key -> whole.contains(key) || isHalfDone(key))
                .toList();
    }

    private List<Migration> placed() {
        return plan.migrations().stream()
                .filter(each -> each.kind() != MigrationKind.REPEATABLE)
                .toList();
    }

    /** What the rollout has run here and has not undone, as far as it is still there. */
    List<String> ranBy(RolloutId rollout, List<String> present) {
        List<String> keys = plan.migrations().stream().map(Migration::key).toList();
        Optional<MigrationSpan> span =
                database.progress().of(rollout).flatMap(OrderReport::changed);
        int first = span.map(each -> keys.indexOf(each.first())).orElse(-1);
        int last = span.map(each -> keys.indexOf(each.last())).orElse(-1);
        return first < 0 || last < first
                ? List.of()
                : keys.subList(first, last + 1).stream().filter(present::contains).toList();
    }

    boolean isHalfDone(String key) {
        return Stream.concat(steps.begun().stream(), steps.done().stream())
                .anyMatch(each -> each.step().migration().equals(key) && !isWhole(each));
    }

    private boolean isWhole(LastStep last) {
        boolean begun = steps.begun().filter(last::equals).isPresent();
        return !begun
                && plan.migration(last.step().migration())
                        .filter(each -> last.step().index() + 1 >= count(each, last))
                        .isPresent();
    }

    private static int count(Migration migration, LastStep last) {
        return last.step().direction() == Direction.DOWN
                ? downSteps(migration)
                : upSteps(migration);
    }

    /** Whether a rollback was cut off in the middle of that migration; who is at fault. */
    Optional<RolloutId> halfTakenBackBy(String key) {
        return Stream.concat(steps.begun().stream(), steps.done().stream())
                .filter(each -> each.step().migration().equals(key))
                .filter(each -> each.step().direction() == Direction.DOWN && !isWhole(each))
                .map(LastStep::rollout)
                .findFirst();
    }

    /** Steps up that are left. */
    int left(Migration migration) {
        return upSteps(migration) - done(migration, Direction.UP);
    }

    /**
     * Steps down that are left. Where there are as many as up, each undoes one; of a half-done
     * migration only what was done, or may have been, is undone.
     */
    int leftBack(Migration migration) {
        int up = upSteps(migration);
        int down = downSteps(migration);
        boolean half = isHalfDone(migration.key());
        int begun = isBegun(migration, Direction.UP) ? 1 : 0;
        int notDone =
                half && begun + done(migration, Direction.UP) > 0
                        ? up - done(migration, Direction.UP) - begun
                        : 0;
        return down - Math.max(done(migration, Direction.DOWN), up == down ? notDone : 0);
    }

    private int done(Migration migration, Direction direction) {
        return steps.done()
                .filter(each -> is(each, migration, direction))
                .filter(each -> isHalfDone(migration.key()))
                .map(each -> each.step().index() + 1)
                .orElse(0);
    }

    private boolean isBegun(Migration migration, Direction direction) {
        return steps.begun().filter(each -> is(each, migration, direction)).isPresent();
    }

    private static boolean is(LastStep last, Migration migration, Direction direction) {
        return last.step().migration().equals(migration.key())
                && last.step().direction() == direction;
    }

    /** An empty script is a step too. */
    private static int upSteps(Migration migration) {
        return Math.max(1, migration.up().size());
    }

    private static int downSteps(Migration migration) {
        return Math.max(1, migration.down().map(List::size).orElse(0));
    }
}
