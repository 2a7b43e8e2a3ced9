/** The HTTP API, as the command line uses it. */
package dev.skein.ops.client;
