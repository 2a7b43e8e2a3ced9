/**
 * What a target's schema is, object by object: a query that lists every object with its definition,
 * and digests of those definitions.
 *
 * <p>Two schemas with the same digests look the same to a {@code pg_dump} without owners, grants
 * and data. Digests compare across databases: object identifiers, owners and the name of a tenant's
 * schema are no part of them. Versions of PostgreSQL may word a definition differently, so they
 * compare only within one major version.
 *
 * <p>For example {@code column public.invoice.due} has the definition <code>
 * {"type": "date", "required": false}</code>.
 */
package dev.skein.engine.postgres.catalogue;
