package dev.skein.engine.execution;

import dev.skein.engine.framework.FrameworkRules;
import dev.skein.engine.framework.VersionOrder;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKey;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Ledger and version table, read together.
 *
 * <p>Where the framework keeps a version table, that table is the truth about migrations wholly
 * applied, whoever applied them; the ledger adds who did, and how far those are that are half done.
 * Without one the ledger is the truth about both.
 */
final class AppliedState {
    private final Plan plan;
    private final FrameworkRules rules;
    private final MigrationProgress migrationProgress;
    private final List<VersionHistory.Applied> applied;
    private final List<String> failed;
    private final Optional<String> baseline;
    private final Set<String> undone;
    private final Optional<Migration> beginning;
    private final Map<String, String> digests;

    private AppliedState(
            Plan plan,
            MigrationProgress migrationProgress,
            VersionHistory history,
            Map<String, String> digests) {
        this.digests = digests;
        this.plan = plan;
        this.rules = FrameworkRules.of(plan);
        this.migrationProgress = migrationProgress;
        this.applied = history.applied();
        this.failed = history.failed();
        this.baseline = history.baseline();
        this.undone = history.undone();
        this.beginning = beginning();
    }

    /** The baseline to begin with where nothing is applied, or the one that is half done. */
    private Optional<Migration> beginning() {
        List<Migration> baselines =
                plan.migrations().stream()
                        .filter(each -> each.kind() == MigrationKind.BASELINE)
                        .sorted(Comparator.comparing(Migration::version, VersionOrder.INSTANCE))
                        .toList();
        Optional<Migration> begun =
                baselines.stream().filter(each -> partial(each.key()).isPresent()).findFirst();
        boolean empty =
                baseline.isEmpty()
                        && applied.stream().allMatch(entry -> entry.version().isEmpty())
                        && partials().stream()
                                .allMatch(key -> MigrationKey.versionOf(key).isEmpty());
        return begun.isPresent() || !empty || baselines.isEmpty()
                ? begun
                : Optional.of(baselines.get(baselines.size() - 1));
    }

    static AppliedState of(Plan plan, Survey survey) {
        MigrationProgress migrationProgress = MigrationProgress.of(survey.rows());
        return new AppliedState(
                plan,
                migrationProgress,
                survey.history().orElseGet(() -> historyOf(migrationProgress)),
                survey.digests());
    }

    private static VersionHistory historyOf(MigrationProgress migrationProgress) {
        List<VersionHistory.Applied> applied = new ArrayList<>();
        migrationProgress
                .all()
                .forEach(
                        (key, state) -> {
                            if (state.present() && !state.partial()) {
                                applied.add(
                                        new VersionHistory.Applied(
                                                key,
                                                MigrationKey.versionOf(key),
                                                state.checksum()));
                            }
                        });
        return new VersionHistory(applied, List.of(), Optional.empty());
    }

    /** Migrations wholly in the database, in the order in which they were applied. */
    List<VersionHistory.Applied> applied() {
        return applied;
    }

    /** The entry of that key, where it is wholly in the database. */
    Optional<VersionHistory.Applied> applied(String key) {
        return applied.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    /**
     * What the ledger knows of that migration, unless the version table contradicts it. A step down
     * that was interrupted is no contradiction: the table loses its migration only when that step
     * is done.
     */
    Optional<MigrationState> partial(String key) {
        Optional<MigrationState> state = migrationProgress.of(key).filter(MigrationState::partial);
        return applied(key).isPresent()
                ? state.filter(each -> each.downStarted() || ranUnconfirmed(key))
                : state;
    }

    /**
     * Whether its framework has applied the migration in a run whose end the ledger does not have.
     */
    boolean ranUnconfirmed(String key) {
        return applied(key).isPresent()
                && migrationProgress.of(key).filter(MigrationState::upStarted).isPresent()
                && plan.migration(key)
                        .filter(each -> PlannedStep.recordsItself(each.up()))
                        .isPresent();
    }

    /** Keys of half-done migrations. */
    List<String> partials() {
        return migrationProgress.all().keySet().stream()
                .filter(key -> partial(key).isPresent())
                .toList();
    }

    /** What the ledger knows of each migration that is, wholly or partly, in the database. */
    Map<String, MigrationState> migrationStates() {
        return migrationProgress.all();
    }

    /** Whether the migration is in the database, wholly or in part, whoever applied it. */
    boolean isThere(String key) {
        return applied(key).isPresent() || partial(key).isPresent();
    }

    /** Whether the migration is in the database as the ledger says. */
    boolean confirms(String key, MigrationState state) {
        return state.present() && (state.partial() || applied(key).isPresent());
    }

    /** Whether the version table says itself that the migration was there and no longer is. */
    boolean undone(String key) {
        return undone.contains(key);
    }

    /** Keys of migrations whose rows were taken out of the version table, and which are there. */
    List<String> standingWithoutRow() {
        return new LostRows(plan, this).standing(digests);
    }

    /** Keys of migrations that somebody else left as failed. */
    List<String> failedByOthers() {
        return failed.stream().filter(key -> !failedByUs(key)).toList();
    }

    /** Whether the version table holds a failure of that migration that this ledger recorded. */
    boolean failedByUs(String key) {
        return failed.contains(key)
                && migrationProgress.of(key).filter(s -> s.failed() || s.present()).isPresent();
    }

    /** The version that somebody declared, without a migration, to be in the database. */
    Optional<String> baseline() {
        return baseline;
    }

    /** Whether this baseline is to be applied or continued. */
    boolean beginsWith(Migration migration) {
        return beginning.filter(migration::equals).isPresent();
    }

    private static boolean isBaseline(String key) {
        return MigrationKey.kindOf(key) == MigrationKind.BASELINE;
    }

    /** Whether a baseline, applied or about to be applied, includes that migration. */
    boolean belowBaseline(Migration migration) {
        Stream<String> applications =
                applied.stream()
                        .filter(entry -> isBaseline(entry.key()))
                        .flatMap(entry -> entry.version().stream());
        Stream<String> all =
                Stream.of(
                                baseline.stream(),
                                applications,
                                beginning.map(Migration::version).stream())
                        .flatMap(Function.identity());
        return migration.kind() == MigrationKind.VERSIONED
                && all.anyMatch(v -> VersionOrder.INSTANCE.compare(migration.version(), v) <= 0);
    }

    /** The version of the database without the migrations of the given keys. */
    Optional<String> versionWithout(List<String> keys) {
        Stream<String> versions =
                applied.stream()
                        .filter(entry -> !keys.contains(entry.key()))
                        .flatMap(entry -> entry.version().stream());
        return rules.version(plan, Stream.concat(versions, baseline.stream()).toList());
    }

    /** Keys of what is wholly there once these changes are made too, in this order. */
    Set<String> keysAfter(List<VersionChange> changes) {
        Set<String> keys = new LinkedHashSet<>();
        applied.forEach(entry -> keys.add(entry.key()));
        for (VersionChange change : changes) {
            if (change.kind() == VersionChange.Kind.APPLIED) {
                keys.add(change.migration().key());
            } else if (change.kind() == VersionChange.Kind.REVERTED) {
                keys.remove(change.migration().key());
            }
        }
        return keys;
    }

    /** The version of the database once these changes are made too, in this order. */
    Optional<String> versionAfter(List<VersionChange> changes) {
        Map<String, Optional<String>> versions = new LinkedHashMap<>();
        applied.forEach(entry -> versions.put(entry.key(), entry.version()));
        for (VersionChange change : changes) {
            Migration migration = change.migration();
            switch (change.kind()) {
                case APPLIED -> {
                    // What is applied again is the last that was.
                    versions.remove(migration.key());
                    versions.put(migration.key(), MigrationKey.versionOf(migration.key()));
                }
                case REVERTED -> versions.remove(migration.key());
                case CONFIRMED, STARTED, FAILED, FAILURE_CLEARED, ABANDONED -> {
                    // What is not wholly there is at no version.
                }
            }
        }
        Stream<String> left = versions.values().stream().flatMap(Optional::stream);
        return rules.version(plan, Stream.concat(left, baseline.stream()).toList());
    }

    /** The version of the database once all of the plan is there. */
    Optional<String> versionWithAll() {
        Stream<String> beside =
                applied.stream()
                        .filter(entry -> plan.migration(entry.key()).isEmpty())
                        .flatMap(entry -> entry.version().stream());
        Stream<String> planned =
                plan.migrations().stream()
                        .filter(this::concerns)
                        .map(Migration::version)
                        .filter(version -> !version.isEmpty());
        List<String> all =
                Stream.of(beside, planned, baseline.stream()).flatMap(Function.identity()).toList();
        return rules.version(plan, all).or(() -> Optional.of(""));
    }

    /** A baseline is skipped where another migration is already applied. */
    private boolean concerns(Migration migration) {
        return migration.kind() != MigrationKind.BASELINE
                || beginsWith(migration)
                || applied(migration.key()).isPresent();
    }
}
