package dev.skein.ops.downs;

import dev.skein.ops.schema.SchemaModel;
import java.util.List;

/**
 * What one migration did.
 *
 * @param before the database before the migration
 * @param schemaBefore its schema before the migration
 * @param after the database after the migration
 * @param schemaAfter its schema after the migration
 * @param roles that it made on the server
 */
record MigrationEffect(
        SchemaSnapshot before,
        SchemaModel schemaBefore,
        SchemaSnapshot after,
        SchemaModel schemaAfter,
        List<String> roles) {
    /** Copies the list. */
    MigrationEffect {
        roles = List.copyOf(roles);
    }
}
