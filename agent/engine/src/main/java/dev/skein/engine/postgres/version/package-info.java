/**
 * The frameworks' own version tables: how each is created, locked, read and written, as SQL text.
 *
 * <p>Nothing here talks to a database. One class a framework; the tables match the framework's down
 * to the index names, so that the framework's own command can continue after Skein.
 */
package dev.skein.engine.postgres.version;
