/**
 * Puts the processes together: which parts a command starts, in which order, and how they end.
 *
 * <p>Parts are closed in the reverse order of their start, whether the process was asked to end or
 * a part failed to start.
 */
package dev.skein.ops.run;
