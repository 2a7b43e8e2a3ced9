/**
 * Reads Knex's migrations, which are programs, by running them: the team's own Knex applies them to
 * a scratch database, and what it sends is the plan.
 *
 * <p>Vocabulary: a <em>recording</em> is what one run over all migrations has written down; a
 * <em>run</em> is one call of a migration's {@code up} or {@code down}; a <em>trial</em> is a run
 * that is answered with untrue rows and rolled back; a <em>unit</em> is what of a run belongs into
 * one step.
 *
 * <pre>{@code
 * Plan plan = new KnexSource(System.err::println)
 *         .read(Path.of("server"), SourceSettings.defaults());
 * }</pre>
 */
package dev.skein.ops.source.knex;
