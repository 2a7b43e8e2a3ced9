package dev.skein.engine.postgres.version;

import java.util.Optional;

/**
 * A row of a version table, in the order in which it was written.
 *
 * @param version absent for what is not versioned
 * @param type what the row records, in the framework's words
 */
public record VersionRow(
        Optional<String> version,
        String description,
        String type,
        Optional<String> checksum,
        boolean success) {}
