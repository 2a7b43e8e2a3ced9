package dev.skein.engine.postgres;

import dev.skein.engine.execution.SessionContext;
import dev.skein.engine.postgres.ledger.LedgerSql;
import dev.skein.engine.postgres.version.VersionTable;

/**
 * Where a walk works, once it has arrived.
 *
 * @param session the connection that holds the locks
 * @param place where the statements of steps run
 * @param versionTable the framework's books there
 * @param ledger the target's part of the ledger
 * @param messages what is sent
 */
record DatabaseSession(
        PgSession session,
        SessionContext place,
        VersionTable versionTable,
        LedgerSql ledger,
        PgStatements messages) {}
