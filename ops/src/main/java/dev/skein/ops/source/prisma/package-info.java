/**
 * Prisma Migrate's directories of migrations.
 *
 * <p>Prisma sends a script to the server as it is, so the text alone says what runs in which
 * transaction. A script is therefore parsed before it becomes steps, and is never put into a
 * transaction that it did not have under Prisma.
 *
 * <pre>
 * prisma/migrations/migration_lock.toml
 * prisma/migrations/20240131120000_add_users/migration.sql
 * prisma/migrations/20240131120000_add_users/down.sql        (Skein's own: the way back)
 * </pre>
 */
package dev.skein.ops.source.prisma;
