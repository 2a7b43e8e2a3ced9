/**
 * The agent runs near the databases: it follows the log for orders, has an engine execute them, and
 * reports progress.
 */
package dev.skein.agent;
