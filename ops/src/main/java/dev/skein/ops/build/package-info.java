/** Makes plans: the one place that knows every framework's source. */
package dev.skein.ops.build;
