package dev.skein.engine.execution;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.VersionReach;
import java.util.List;
import java.util.Optional;

/** Why a database cannot be brought to a version by a plan, whoever applied what is there. */
final class UnreachableVersion {
    private UnreachableVersion() {}

    /** Empty if the plan has the version, and knows all that is applied. */
    static Optional<Refusal> refusal(
            Plan plan, DatabaseId database, String version, AppliedState appliedState) {
        if (VersionReach.of(plan, version).isEmpty()) {
            return Optional.of(
                    new Refusal.Mismatch(
                            "unknown-version", "the plan has no migration of version " + version));
        }
        return ApplyRefusals.unknownTo(plan, database, appliedState).stream()
                .findFirst()
                .map(
                        key ->
                                new Refusal.Mismatch(
                                        "unknown-version",
                                        "cannot go to version "
                                                + version
                                                + ": migration "
                                                + key
                                                + " is applied and the plan does not know it; name"
                                                + " a plan built from a directory that has it"));
    }

    /**
     * Why these migrations are not undone by this plan: its downs were written for another text
     * than the one that was applied.
     */
    static Optional<Refusal> otherText(Plan plan, AppliedState appliedState, List<String> undone) {
        return appliedState.applied().stream()
                .filter(each -> undone.contains(each.key()))
                .filter(each -> isOther(plan, each))
                .findFirst()
                .map(
                        each ->
                                new Refusal.Mismatch(
                                        "checksum-mismatch",
                                        "migration "
                                                + each.key()
                                                + " was applied with another text than the plan"
                                                + " has, so that the plan's way back may not undo"
                                                + " it; name a plan with the text that was"
                                                + " applied"));
    }

    private static boolean isOther(Plan plan, VersionHistory.Applied applied) {
        return plan.migration(applied.key())
                .filter(each -> ApplyRefusals.differ(applied.checksum(), each))
                .isPresent();
    }
}
