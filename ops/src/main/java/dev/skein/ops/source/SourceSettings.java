package dev.skein.ops.source;

import java.util.Objects;
import java.util.Optional;

/**
 * What a directory does not say about its framework.
 *
 * @param versionSchema the schema of the version table; each target's default schema where absent
 * @param versionTable the name of the version table; the framework's own default where absent
 */
public record SourceSettings(Optional<String> versionSchema, Optional<String> versionTable) {
    public SourceSettings {
        Objects.requireNonNull(versionSchema, "versionSchema");
        Objects.requireNonNull(versionTable, "versionTable");
    }

    /** What the framework does without any configuration. */
    public static SourceSettings defaults() {
        return new SourceSettings(Optional.empty(), Optional.empty());
    }

    boolean nameAVersionTable() {
        return versionSchema.isPresent() || versionTable.isPresent();
    }
}
