package dev.skein.protocol.plan;

import java.util.Optional;

/**
 * The name of the version table that the framework keeps in each database.
 *
 * @param schema the schema of the table; the target's default schema where absent
 * @param table the unquoted name of the table
 */
public record VersionTableName(Optional<String> schema, String table) {
    /**
     * @throws IllegalArgumentException if the table's name is empty
     */
    public VersionTableName {
        if (table.isBlank()) {
            throw new IllegalArgumentException("the version table has an empty name");
        }
    }
}
