/**
 * Reads Alembic's revisions, which are programs, by running them: the team's own Alembic applies
 * them to a scratch database through the team's own {@code env.py}, and what reaches the driver is
 * the plan.
 *
 * <p>Vocabulary: a <em>recording</em> is what one run over all revisions has written down; a
 * <em>script</em> is one call of {@code upgrade()} or {@code downgrade()} in it.
 *
 * <pre>{@code
 * Plan plan = new AlembicSource(System.err::println)
 *         .read(Path.of("backend"), SourceSettings.defaults());
 * }</pre>
 */
package dev.skein.ops.source.alembic;
