/**
 * Schemas of databases as models, and the SQL that makes one of another.
 *
 * <p>Vocabulary: a <em>model</em> is all that a schema holds, read from a catalogue; a
 * <em>difference</em> is the statements that turn a database of one model into one of another, with
 * the <em>losses</em> that they bring.
 */
package dev.skein.ops.schema;
