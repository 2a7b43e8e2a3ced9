/**
 * The frameworks' own version tables: how each is created, locked, read and written, as SQL text.
 *
 * <p>Nothing here talks to a database. One class a framework; a table is the framework's, down to
 * its index names, so that the framework's own command goes on from whatever Skein did.
 */
package dev.skein.engine.postgres.version;
