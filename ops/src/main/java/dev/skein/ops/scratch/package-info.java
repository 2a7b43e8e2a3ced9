/** Empty databases in which migrations are tried out, and which nobody misses afterwards. */
package dev.skein.ops.scratch;
