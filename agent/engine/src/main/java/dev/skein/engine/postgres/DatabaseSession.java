package dev.skein.engine.postgres;

import dev.skein.engine.execution.SessionContext;
import dev.skein.engine.postgres.ledger.LedgerSql;
import dev.skein.engine.postgres.version.VersionTable;

/**
 * The session of an execution in its database, once it is connected.
 *
 * @param session the connection that holds the locks
 * @param sessionContext where the statements of steps run
 * @param versionTable the framework's version table there
 * @param ledger the target's part of the ledger
 * @param messages what is sent
 */
record DatabaseSession(
        PgSession session,
        SessionContext sessionContext,
        VersionTable versionTable,
        LedgerSql ledger,
        PgStatements messages) {}
