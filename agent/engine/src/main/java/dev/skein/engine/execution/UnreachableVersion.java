package dev.skein.engine.execution;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.VersionReach;
import java.util.Optional;

/** Why a database cannot be brought to a version by a plan. */
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
}
