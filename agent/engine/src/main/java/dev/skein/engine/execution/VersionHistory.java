package dev.skein.engine.execution;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a framework's version table says.
 *
 * @param applied migrations that are in the database, in the order in which they were applied
 * @param failed keys of migrations that the table calls failed
 * @param baseline the version from which the framework took over; what is not above it counts as
 *     applied
 * @param undone keys of migrations that are not in the database and of which the table tells that
 *     they were
 */
public record VersionHistory(
        List<Applied> applied,
        List<String> failed,
        Optional<String> baseline,
        SortedSet<String> undone) {
    /** Copies the collections. */
    public VersionHistory {
        applied = List.copyOf(applied);
        failed = List.copyOf(failed);
        undone = Collections.unmodifiableSortedSet(new TreeSet<>(undone));
    }

    /** The history of a table that keeps no rows of undone migrations. */
    public VersionHistory(List<Applied> applied, List<String> failed, Optional<String> baseline) {
        this(applied, failed, baseline, new TreeSet<>());
    }

    /** The same history without these migrations. */
    VersionHistory without(List<String> keys) {
        return new VersionHistory(
                applied.stream().filter(each -> !keys.contains(each.key())).toList(),
                failed.stream().filter(each -> !keys.contains(each)).toList(),
                baseline,
                undone);
    }

    /**
     * A migration that is in the database.
     *
     * @param key as {@link dev.skein.protocol.plan.Migration#key()}
     * @param version absent for a repeatable migration
     * @param checksum as the version table writes it
     * @param before of the other text that was applied before this one, where the table keeps it
     */
    public record Applied(
            String key,
            Optional<String> version,
            Optional<String> checksum,
            Optional<String> before) {
        /** One of which the table has no earlier text. */
        public Applied(String key, Optional<String> version, Optional<String> checksum) {
            this(key, version, checksum, Optional.empty());
        }

        /** The same migration, applied again with the text of that checksum. */
        public Applied again(Optional<String> next) {
            return new Applied(key, version, next, next.equals(checksum) ? before : checksum);
        }
    }
}
