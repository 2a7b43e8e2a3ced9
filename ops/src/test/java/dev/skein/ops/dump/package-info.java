/** Schemas as text, so that two of them can be held against each other. */
package dev.skein.ops.dump;
