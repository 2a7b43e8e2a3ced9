/**
 * What is to be done, no matter which tool it was written for: an immutable, ordered list of
 * migrations, each made of steps up and, where there are any, steps down.
 *
 * <p>Vocabulary: a <em>plan</em> has <em>migrations</em>; a migration has <em>steps</em>; a step is
 * the smallest unit that an agent runs and reports. Example: a file {@code V3__add_email.sql}
 * becomes one migration with version {@code 3} and one {@link dev.skein.protocol.plan.ScriptStep}.
 */
package dev.skein.protocol.plan;
