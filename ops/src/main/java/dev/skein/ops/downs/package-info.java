/**
 * Downs that nobody wrote, made from the difference of the schemas after and before a migration.
 *
 * <p>Vocabulary: a down is <em>proven</em> where running it after the migration, on a scratch
 * database, gives the schema of before. Only proven ones are kept. Its <em>losses</em> are the data
 * that it drops, and the data that the migration dropped and no down brings back.
 *
 * <pre>{@code
 * DownFindings found = new Downs(scratch, host).generate(plan);
 * Plan reversible = found.plan();
 * }</pre>
 */
package dev.skein.ops.downs;
