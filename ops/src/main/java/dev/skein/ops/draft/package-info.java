/**
 * New migrations, written in the layout of a framework.
 *
 * <p>Vocabulary: a <em>draft</em> is the statements up and down of one migration that is not yet a
 * file; a <em>layout</em> knows a framework's names and files, and what is in the directory
 * already.
 */
package dev.skein.ops.draft;
