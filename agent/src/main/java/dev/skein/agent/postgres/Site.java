package dev.skein.agent.postgres;

import dev.skein.agent.ledger.LedgerSql;
import dev.skein.agent.step.Place;
import dev.skein.agent.version.VersionTable;

/**
 * Where a walk works, once it has arrived.
 *
 * @param session the connection that holds the locks
 * @param place where the statements of steps run
 * @param versionTable the framework's books there
 * @param ledger the target's part of the ledger
 * @param messages what is sent
 */
record Site(
        Session session,
        Place place,
        VersionTable versionTable,
        LedgerSql ledger,
        Messages messages) {}
