package dev.skein.ops.downs;

import dev.skein.ops.schema.SchemaModel;

/**
 * What one migration did.
 *
 * @param before the database ahead of it
 * @param then its schema by then
 * @param after the database behind it
 * @param now its schema by now
 */
record Change(Moment before, SchemaModel then, Moment after, SchemaModel now) {}
