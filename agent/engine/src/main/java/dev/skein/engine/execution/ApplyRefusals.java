package dev.skein.engine.execution;

import dev.skein.engine.framework.FrameworkRules;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.GapRule;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKey;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.strategy.OnNewer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What in a database contradicts a plan so that nothing of it may be applied there. */
final class ApplyRefusals {
    private static final int CHECKSUM_SHOWN = 12;

    private final Plan plan;
    private final DatabaseId database;
    private final AppliedState appliedState;
    private final OnNewer onNewer;

    private ApplyRefusals(
            Plan plan, DatabaseId database, AppliedState appliedState, Optional<OnNewer> onNewer) {
        this.plan = plan;
        this.database = database;
        this.appliedState = appliedState;
        this.onNewer = onNewer.orElseGet(FrameworkRules.of(plan)::onNewer);
    }

    /** The first contradiction; empty if there is none. */
    static Optional<Refusal> of(Plan plan, OrderIssued order, AppliedState appliedState) {
        ApplyRefusals refusals =
                new ApplyRefusals(plan, order.database(), appliedState, order.limits().onNewer());
        boolean tableIsRight = order.repair().filter(Repair.BOOKS::equals).isPresent();
        Stream<Supplier<Optional<Refusal>>> questions =
                Stream.of(
                        refusals::failedRow,
                        refusals::checksum,
                        refusals::halfDone,
                        () -> tableIsRight ? Optional.empty() : refusals.missing(),
                        refusals::unknown,
                        refusals::belowBaseline,
                        refusals::outOfOrder);
        return questions.map(Supplier::get).flatMap(Optional::stream).findFirst();
    }

    private Optional<Refusal> failedRow() {
        return appliedState.failedByOthers().stream()
                .findFirst()
                .map(
                        key ->
                                new Refusal.Mismatch(
                                        "failed-row",
                                        "the version table says that migration "
                                                + key
                                                + " failed or is not finished, and it was not"
                                                + " Skein that ran it; see what it left behind and"
                                                + " take that back by hand, then 'skein database"
                                                + " repair "
                                                + database
                                                + "' mends the table"));
    }

    private Optional<Refusal> missing() {
        return new VersionTableMismatch(plan, database, appliedState).ofApply();
    }

    private Optional<Refusal> checksum() {
        for (VersionHistory.Applied entry : appliedState.applied()) {
            Optional<Migration> migration =
                    plan.migration(entry.key()).filter(m -> m.kind() != MigrationKind.REPEATABLE);
            if (migration.isPresent() && differ(entry.checksum(), migration.get())) {
                return Optional.of(
                        changed(
                                "migration " + entry.key() + " was applied",
                                entry.checksum(),
                                migration.get(),
                                leaveOut(entry.key())));
            }
        }
        return Optional.empty();
    }

    /** The way out for what was changed or deleted on purpose, where the framework has one. */
    private String leaveOut(String key) {
        return FrameworkRules.of(plan).leavesOut()
                ? "; if that is on purpose, build the plan with --leave-out "
                        + MigrationKey.versionOf(key).orElse(key)
                        + ", which takes this migration in each database as it is there"
                : "";
    }

    static boolean differ(Optional<String> recorded, Migration planned) {
        // Where one side kept no checksum there is nothing to compare.
        return (planned.checksum().isPresent() || planned.equivalents().isPresent())
                && recorded.filter(text -> !planned.isUnchangedAs(text)).isPresent();
    }

    private static Refusal changed(
            String fact, Optional<String> recorded, Migration migration, String wayOut) {
        return new Refusal.Mismatch(
                "checksum-mismatch",
                fact
                        + " with checksum "
                        + recorded.map(ApplyRefusals::shortened).orElse("none")
                        + ", the plan's "
                        + migration.script()
                        + " has "
                        + migration.checksum().map(ApplyRefusals::shortened).orElse("none")
                        + "; an applied migration must not change, put its text back"
                        + wayOut);
    }

    /** Two of 64 digits tell nobody more than their first twelve. */
    private static String shortened(String checksum) {
        return checksum.length() <= CHECKSUM_SHOWN
                ? checksum
                : checksum.substring(0, CHECKSUM_SHOWN);
    }

    private Optional<Refusal> halfDone() {
        for (String key : appliedState.partials()) {
            MigrationState state = appliedState.partial(key).orElseThrow();
            Optional<Migration> migration = plan.migration(key);
            if (migration.isEmpty()) {
                return Optional.of(unknown(key, "is half done", ""));
            }
            if (differ(state.checksum(), migration.get())) {
                return Optional.of(
                        changed(
                                "migration " + key + " is half done",
                                state.checksum(),
                                migration.get(),
                                ""));
            }
            if (stuckHalfWayBack(state, migration.get())) {
                return Optional.of(
                        new Refusal.Mismatch(
                                "half-reverted",
                                "migration "
                                        + key
                                        + " is half taken back by rollout "
                                        + state.rollout()
                                        + " and cannot be applied from there; end the rollouts"
                                        + " that have this database, then 'skein rollout"
                                        + " rollback "
                                        + state.rollout()
                                        + " --database "
                                        + database
                                        + "' takes back the rest"));
            }
        }
        return Optional.empty();
    }

    private static boolean stuckHalfWayBack(MigrationState state, Migration migration) {
        int up = PlannedStep.stepsOf(migration.up()).size();
        int down = migration.down().map(steps -> PlannedStep.stepsOf(steps).size()).orElse(0);
        return state.downStarted() || state.downDone() > 0 && up != down;
    }

    /** Keys of what is applied, and not known to a plan that ought to know it. */
    static List<String> unknownTo(Plan plan, DatabaseId database, AppliedState appliedState) {
        ApplyRefusals refusals =
                new ApplyRefusals(plan, database, appliedState, Optional.of(OnNewer.FAIL));
        return appliedState.applied().stream()
                .filter(refusals::isUnknown)
                .filter(entry -> entry.version().map(refusals::matters).orElse(true))
                .map(VersionHistory.Applied::key)
                .toList();
    }

    private Optional<Refusal> unknown() {
        return appliedState.applied().stream()
                .filter(this::isUnknown)
                .flatMap(entry -> entry.version().stream())
                .filter(this::matters)
                .filter(version -> onNewer == OnNewer.FAIL || !isNewer(version))
                .findFirst()
                .map(version -> unknown(version, "is applied", leaveOut(version)));
    }

    private Optional<Refusal> belowBaseline() {
        return BaselineGap.of(plan, appliedState).map(BaselineGap::refusal);
    }

    private boolean isNewer(String version) {
        return FrameworkRules.of(plan).isNewer(plan, version);
    }

    /** What was left out of the plan on purpose is known: it may be in the database or not. */
    private boolean isUnknown(VersionHistory.Applied entry) {
        return plan.migration(entry.key()).isEmpty() && !plan.leavesOut(entry.key());
    }

    private boolean matters(String version) {
        return FrameworkRules.of(plan).hasToKnow(plan, version);
    }

    private static Refusal unknown(String key, String fact, String wayOut) {
        return new Refusal.Mismatch(
                "unknown-version",
                "migration "
                        + key
                        + " "
                        + fact
                        + " in the database and the plan does not know it; build the plan from a"
                        + " directory that has it"
                        + wayOut);
    }

    private Optional<Refusal> outOfOrder() {
        return gaps() == GapRule.FILLED ? Optional.empty() : gap();
    }

    private GapRule gaps() {
        return plan.gaps().orElseGet(FrameworkRules.of(plan)::gaps);
    }

    private Optional<Refusal> gap() {
        List<Migration> versioned =
                plan.migrations().stream()
                        .filter(migration -> migration.kind() == MigrationKind.VERSIONED)
                        .toList();
        Optional<Migration> missing = Optional.empty();
        for (Migration migration : versioned) {
            boolean applied = appliedState.applied(migration.key()).isPresent();
            if (applied && missing.isPresent()) {
                return Optional.of(outOfOrder(missing.get(), migration.key()));
            }
            if (missing.isEmpty() && ApplyPlanner.pending(migration, appliedState)) {
                missing = Optional.of(migration);
            }
        }
        return missing.flatMap(this::belowNewer);
    }

    /** What is newer than the plan lies above whatever is missing of it. */
    private Optional<Refusal> belowNewer(Migration missing) {
        return appliedState.applied().stream()
                .filter(this::isUnknown)
                .flatMap(entry -> entry.version().stream())
                .filter(this::isNewer)
                .findFirst()
                .map(newer -> outOfOrder(missing, newer));
    }

    private static Refusal outOfOrder(Migration missing, String applied) {
        return new Refusal.Mismatch(
                "out-of-order",
                "migration "
                        + missing.key()
                        + " is not applied, but the later "
                        + applied
                        + " is; build the plan with --out-of-order to have it applied all the"
                        + " same, or give it a version above "
                        + applied);
    }
}
