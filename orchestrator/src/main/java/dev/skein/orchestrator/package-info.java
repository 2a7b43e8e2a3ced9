/** Folds the log, decides what happens next and orders it. */
package dev.skein.orchestrator;
