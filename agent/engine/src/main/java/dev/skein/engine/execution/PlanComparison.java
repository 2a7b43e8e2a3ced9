package dev.skein.engine.execution;

import dev.skein.protocol.event.ChecksumDifference;
import dev.skein.protocol.event.KeyRange;
import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the state of a database compares with a plan. */
final class PlanComparison {
    private final Plan plan;
    private final AppliedState appliedState;

    private PlanComparison(Plan plan, AppliedState appliedState) {
        this.plan = plan;
        this.appliedState = appliedState;
    }

    /**
     * Compares the two.
     *
     * @param lockStuck whether the framework's lock is set in its table
     */
    static SurveyFindings of(Plan plan, DatabaseId database, Survey survey, boolean lockStuck) {
        AppliedState appliedState = AppliedState.of(plan, survey);
        PlanComparison comparison = new PlanComparison(plan, appliedState);
        return new SurveyFindings(
                appliedState.versionWithout(List.of()),
                appliedState.applied().size(),
                comparison.missing(),
                comparison.differing(),
                comparison.unknown(database),
                appliedState.failedByOthers(),
                lockStuck);
    }

    /** As Flyway calls them: below a baseline that the database cannot reach by the plan. */
    private List<String> unknown(DatabaseId database) {
        List<String> unknown =
                new ArrayList<>(ApplyRefusals.unknownTo(plan, database, appliedState));
        if (BaselineGap.of(plan, appliedState).isPresent()) {
            appliedState.applied().stream()
                    .map(VersionHistory.Applied::key)
                    .filter(key -> plan.migration(key).isEmpty() && !unknown.contains(key))
                    .forEach(unknown::add);
            appliedState.baseline().filter(at -> unknown.isEmpty()).ifPresent(unknown::add);
        }
        return unknown;
    }

    private List<KeyRange> missing() {
        List<KeyRange> ranges = new ArrayList<>();
        Optional<KeyRange> open = Optional.empty();
        for (Migration migration : plan.migrations()) {
            if (isMissing(migration)) {
                String key = migration.key();
                open =
                        Optional.of(
                                open.map(each -> new KeyRange(each.first(), key, each.count() + 1))
                                        .orElseGet(() -> new KeyRange(key, key, 1)));
            } else {
                open.ifPresent(ranges::add);
                open = Optional.empty();
            }
        }
        open.ifPresent(ranges::add);
        return ranges;
    }

    /** A baseline for migrations that are applied already is not missing. */
    private boolean isMissing(Migration migration) {
        boolean needless =
                migration.kind() == MigrationKind.BASELINE && !appliedState.applied().isEmpty();
        return !needless && ApplyPlanner.pending(migration, appliedState);
    }

    private List<ChecksumDifference> differing() {
        List<ChecksumDifference> differences = new ArrayList<>();
        for (VersionHistory.Applied entry : appliedState.applied()) {
            plan.migration(entry.key())
                    .filter(each -> each.kind() != MigrationKind.REPEATABLE)
                    .filter(each -> ApplyRefusals.differ(entry.checksum(), each))
                    .ifPresent(each -> differences.add(difference(entry, each)));
        }
        return differences;
    }

    private static ChecksumDifference difference(
            VersionHistory.Applied entry, Migration migration) {
        return new ChecksumDifference(
                migration.key(), entry.checksum().orElse(""), migration.checksum().orElse(""));
    }
}
