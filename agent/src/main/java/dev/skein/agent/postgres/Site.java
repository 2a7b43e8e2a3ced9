package dev.skein.agent.postgres;

import dev.skein.agent.ledger.LedgerSql;
import dev.skein.agent.version.VersionTable;

/**
 * Where a walk works, once it has arrived.
 *
 * @param session the connection that holds the locks
 * @param versionTable the framework's books there
 * @param ledger the target's part of the ledger
 * @param messages what is sent
 */
record Site(Session session, VersionTable versionTable, LedgerSql ledger, Messages messages) {}
