/**
 * Skein's own tables in each database: the schema {@code skein}.
 *
 * <ul>
 *   <li>{@code skein.format}: one row, the version of this layout.
 *   <li>{@code skein.target}: one row a target, keyed by the database's id in the fleet; its epoch
 *       is the fence, {@code reported} the last sequence that the log has acknowledged.
 *   <li>{@code skein.fence}: a function that fails unless a target has an epoch, and keeps the
 *       target's row locked until the transaction ends.
 *   <li>{@code skein.ledger}: one row a fact, never changed: what happened to which step, and the
 *       report that says so, whole. It is history and outbox in one.
 * </ul>
 *
 * <p>Tenants that are schemas of one database share the tables: {@code scope} is the tenant's
 * schema, or empty for the database. A copy of a database brings its ledger along: the facts hold
 * in the copy as well, so they are read by scope; epochs and reports are the original's and are
 * read by id.
 *
 * <p>Needs the right to create a schema once, then nothing but these tables. All of it has to
 * belong to the agent's role or to a superuser: a schema of that name that is somebody else's is
 * refused before anything in it is read.
 */
package dev.skein.engine.postgres.ledger;
