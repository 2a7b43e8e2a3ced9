/** Reads directories of plain SQL files. */
package dev.skein.ops.source.plain;
