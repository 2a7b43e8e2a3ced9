/** How an execution has a delegated step run, and what it hears of the run. */
package dev.skein.engine.runner;
