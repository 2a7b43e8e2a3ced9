package dev.skein.engine.execution;

import java.util.List;
import java.util.Optional;

/**
 * What a framework's version table says.
 *
 * @param applied migrations that are in the database, in the order in which they were applied
 * @param failed keys of migrations that the table calls failed
 * @param baseline the version from which the framework took over; what is not above it counts as
 *     applied
 */
public record VersionHistory(
        List<Applied> applied, List<String> failed, Optional<String> baseline) {
    /** Copies the lists. */
    public VersionHistory {
        applied = List.copyOf(applied);
        failed = List.copyOf(failed);
    }

    /**
     * A migration that is in the database.
     *
     * @param key as {@link dev.skein.protocol.plan.Migration#key()}
     * @param version absent for a repeatable migration
     * @param checksum as the version table writes it
     */
    public record Applied(String key, Optional<String> version, Optional<String> checksum) {}
}
