/** Follows orders beside the databases: runs steps, keeps the ledger, reports progress. */
package dev.skein.agent;
