package dev.skein.ops.downs;

import dev.skein.ops.schema.SchemaModel;
import java.util.List;

/**
 * What one migration did.
 *
 * @param before the database ahead of it
 * @param then its schema by then
 * @param after the database behind it
 * @param now its schema by now
 * @param roles that it made on the server
 */
record Change(Moment before, SchemaModel then, Moment after, SchemaModel now, List<String> roles) {
    /** Copies the list. */
    Change {
        roles = List.copyOf(roles);
    }
}
