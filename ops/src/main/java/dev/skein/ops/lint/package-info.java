/**
 * What migrations will do to those who work in a database meanwhile, said before anything runs.
 *
 * <p>A <em>rule</em> looks at one statement and names its <em>hazard</em>; what it finds is a
 * <em>finding</em>, with the object, the reason and the safe way. Rules read the tree that
 * pgcodekeeper makes of a statement; bodies of functions and of {@code do} are opaque to it.
 */
package dev.skein.ops.lint;
