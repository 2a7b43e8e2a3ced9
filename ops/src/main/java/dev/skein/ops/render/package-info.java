/**
 * What the command line prints: tables, one database's story, and the live picture of a rollout.
 */
package dev.skein.ops.render;
