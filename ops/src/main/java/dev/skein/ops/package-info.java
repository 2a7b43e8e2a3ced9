/** The skein command: one entry point for every process and every question. */
package dev.skein.ops;
