/**
 * What the migration frameworks do differently, one class a framework.
 *
 * <p>{@link dev.skein.engine.framework.FrameworkRules#of} is the only place that tells frameworks
 * apart: whoever needs to know how a framework sorts, counts or records asks its rules. Nothing
 * here contains SQL or talks to a database: each engine reads and writes the framework's version
 * table in its own dialect. Example: {@code FrameworkRules.of(plan).gaps()}.
 *
 * <p>To add a framework: its name in {@link dev.skein.protocol.plan.Framework}, its rules here, its
 * version table on each engine, its files' reader and the layout of its drafts.
 */
package dev.skein.engine.framework;
