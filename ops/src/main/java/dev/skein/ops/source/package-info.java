/**
 * Reads directories of migrations, as a team wrote them for its framework, into plans.
 *
 * <p>Vocabulary: a <em>source</em> is a framework's directory; a <em>format</em> says which files
 * of it are migrations and in which order; a <em>script</em> is the text of one file, and a
 * <em>script rule</em> makes steps of it; a <em>problem</em> is one reason to refuse the directory.
 * All problems are collected before anything is refused.
 *
 * <pre>{@code
 * Plan plan = PlanSources.of(Framework.FLYWAY)
 *         .read(Path.of("db/migration"), SourceSettings.defaults());
 * }</pre>
 */
package dev.skein.ops.source;
