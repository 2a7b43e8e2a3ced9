package dev.skein.engine.execution;

import dev.skein.engine.framework.VersionOrder;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKey;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A database that stands below the plan's baseline and cannot get there by the plan.
 *
 * <p>A baseline runs in an empty database only. One that has migrations already goes the long way,
 * over those that the baseline stands for. Where the plan no longer has them, what they make would
 * be missing while all of the plan reads as applied:
 *
 * <ul>
 *   <li>the plan does not know the version at which the database is, so that those after it may be
 *       gone from its directory as well; or
 *   <li>the version is one that a person has declared ({@code flyway baseline}), and the plan has
 *       nothing between it and the baseline.
 * </ul>
 *
 * @param at where the database is
 * @param baseline what it is below
 */
record BaselineGap(String at, Migration baseline) {
    static final String CODE = "below-baseline";

    private static final Comparator<String> ORDER = VersionOrder.INSTANCE;

    static Optional<BaselineGap> of(Plan plan, AppliedState appliedState) {
        return plan.migrations().stream()
                .filter(each -> each.kind() == MigrationKind.BASELINE)
                .max(Comparator.comparing(Migration::version, ORDER))
                .flatMap(baseline -> below(plan, baseline, appliedState));
    }

    private static Optional<BaselineGap> below(
            Plan plan, Migration baseline, AppliedState appliedState) {
        boolean begins =
                plan.migrations().stream().anyMatch(appliedState::beginsWith)
                        || appliedState.applied(baseline.key()).isPresent();
        Optional<String> ran = newest(appliedState.applied());
        Optional<String> at =
                Stream.concat(ran.stream(), appliedState.baseline().stream()).max(ORDER);
        return at.filter(version -> !begins && ORDER.compare(version, baseline.version()) < 0)
                .filter(version -> !leadsOn(plan, version, ran, baseline))
                .map(version -> new BaselineGap(version, baseline));
    }

    private static Optional<String> newest(List<VersionHistory.Applied> applied) {
        return applied.stream()
                .filter(each -> MigrationKey.kindOf(each.key()) != MigrationKind.REPEATABLE)
                .flatMap(each -> each.version().stream())
                .max(ORDER);
    }

    /** Whether the plan has the way from that version up to the baseline. */
    private static boolean leadsOn(
            Plan plan, String version, Optional<String> ran, Migration baseline) {
        Stream<String> versions =
                plan.migrations().stream()
                        .filter(each -> each.kind() == MigrationKind.VERSIONED)
                        .map(Migration::version);
        return ran.filter(version::equals).isPresent()
                ? versions.anyMatch(each -> ORDER.compare(each, version) == 0)
                : versions.anyMatch(
                        each ->
                                ORDER.compare(each, version) > 0
                                        && ORDER.compare(each, baseline.version()) <= 0);
    }

    /** In words, with the way out. */
    String describe() {
        return "the database is at version %s, below the plan's baseline %s, which runs in empty"
                        .formatted(at, baseline.script())
                + " databases only: what it makes of the versions between would be missing, and the"
                + " plan no longer has them; publish a plan of the directory that still has the"
                + " versions up to %s, adopt and apply it here, then this one"
                        .formatted(baseline.version());
    }

    Refusal refusal() {
        return new Refusal.Mismatch(CODE, describe());
    }
}
