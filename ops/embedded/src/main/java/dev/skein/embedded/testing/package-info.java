/** Servers that the integration tests of every module share. */
package dev.skein.embedded.testing;
