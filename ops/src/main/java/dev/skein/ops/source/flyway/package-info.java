/** Reads Flyway's locations as Flyway itself does. */
package dev.skein.ops.source.flyway;
