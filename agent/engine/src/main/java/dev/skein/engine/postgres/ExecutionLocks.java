package dev.skein.engine.postgres;

import dev.skein.engine.execution.Reply;
import dev.skein.engine.postgres.ledger.Target;
import dev.skein.engine.postgres.version.MigrationLock;
import dev.skein.engine.postgres.version.VersionTable;
import dev.skein.protocol.event.Blocker;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Framework;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The locks of one execution: Skein's own, and the framework's.
 *
 * <p>Advisory locks are asked for and the survey is read in one round trip; if a lock is held by
 * somebody else, what was read is thrown away. A framework's lock row is taken in the survey's
 * transaction, but only once both advisory locks are held, so the survey waits for their answer.
 */
final class ExecutionLocks {
    private static final String CODE = "locked";

    private final OrderIssued order;
    private final String framework;
    private boolean rowTaken;

    ExecutionLocks(OrderIssued order, Framework framework) {
        this.order = order;
        this.framework = framework.label();
    }

    /**
     * Takes all locks and answers with the survey. Fails with {@link RefusedException} if one is
     * held by somebody else, or with what the client says.
     */
    Future<QueryAnswer> take(DatabaseSession databaseSession) {
        long own = Target.lockKey(order.database());
        OptionalLong frameworkKey = databaseSession.versionTable().lockKey();
        Future<QueryAnswer> ownLock = databaseSession.session().send(PgStatements.lock(own));
        Future<QueryAnswer> frameworkLock =
                frameworkKey.isPresent()
                        ? databaseSession
                                .session()
                                .send(PgStatements.lock(frameworkKey.getAsLong()))
                        : ownLock;
        Future<QueryAnswer> survey =
                databaseSession.versionTable().migrationLock().isPresent()
                        ? Future.join(ownLock, frameworkLock)
                                .compose(
                                        done ->
                                                held(ownLock) && held(frameworkLock)
                                                        ? withRow(databaseSession)
                                                        : Future.succeededFuture())
                        : databaseSession
                                .session()
                                .send(databaseSession.messages().survey(order.lastSequence()));
        return Future.join(ownLock, frameworkLock, survey)
                .transform(
                        done -> {
                            if (ownLock.succeeded() && !held(ownLock)) {
                                return locked(
                                        databaseSession, own, "another execution of this target");
                            }
                            if (frameworkLock.succeeded() && !held(frameworkLock)) {
                                return locked(
                                        databaseSession,
                                        frameworkKey.orElseThrow(),
                                        holderOfFrameworkLock(databaseSession));
                            }
                            return done.succeeded() ? survey : Future.failedFuture(done.cause());
                        });
    }

    /**
     * Takes the target's own lock alone. Fails with {@link RefusedException} if somebody else holds
     * it, or with what the client says.
     */
    static Future<Void> takeOwn(DatabaseSession databaseSession, DatabaseId database) {
        long own = Target.lockKey(database);
        Future<QueryAnswer> lock = databaseSession.session().send(PgStatements.lock(own));
        return lock.compose(
                done ->
                        held(lock)
                                ? Future.succeededFuture()
                                : locked(databaseSession, own, "another execution of this target")
                                        .mapEmpty());
    }

    private static boolean held(Future<QueryAnswer> lock) {
        return lock.result().rows("held").get(0).getBoolean("held");
    }

    private String holderOfFrameworkLock(DatabaseSession databaseSession) {
        return databaseSession.versionTable().migrationLock().isPresent()
                ? "another execution with the same version table"
                : "a run of " + framework;
    }

    private static Future<QueryAnswer> locked(
            DatabaseSession databaseSession, long key, String by) {
        return databaseSession
                .session()
                .send("rollback;" + PgStatements.holders(key))
                .map(results -> Blockers.read(results.rows("pid")))
                .compose(holders -> refused(by + " holds the lock", holders));
    }

    private Future<QueryAnswer> withRow(DatabaseSession databaseSession) {
        MigrationLock row = databaseSession.versionTable().migrationLock().orElseThrow();
        return databaseSession
                .session()
                .send(databaseSession.messages().survey(order.lastSequence()))
                .compose(
                        survey -> {
                            rowTaken = survey.rows("taken").get(0).getBoolean("taken");
                            return rowTaken
                                    ? Future.succeededFuture(survey)
                                    : barred(databaseSession, row, survey);
                        });
    }

    private Future<QueryAnswer> barred(
            DatabaseSession databaseSession, MigrationLock row, QueryAnswer survey) {
        return databaseSession
                .session()
                .send(PgStatements.holders(row))
                .map(results -> Blockers.read(results.rows("pid")))
                .compose(
                        holders ->
                                holders.isEmpty() && mayMend(survey)
                                        ? databaseSession
                                                .session()
                                                .send(PgStatements.mend(row))
                                                .compose(mended -> withRow(databaseSession))
                                        : rowLocked(row, holders));
    }

    /** A repair applies once: after the acceptance, a lock was taken by somebody who came later. */
    private boolean mayMend(QueryAnswer survey) {
        Row head = survey.rows("format").get(0);
        Long epoch = head.getLong("epoch");
        return order.repair().filter(Repair.BOOKS::equals).isPresent()
                && (epoch == null || epoch < order.epoch());
    }

    private Future<QueryAnswer> rowLocked(MigrationLock row, List<Blocker> holders) {
        String subject = "the lock in " + row.table() + " is taken";
        return holders.isEmpty()
                ? refused(
                        subject
                                + "; if no "
                                + framework
                                + " is at work there it is stuck, and 'skein database repair "
                                + order.database()
                                + "' or '"
                                + row.unlock()
                                + "' gives it back",
                        holders)
                : refused(subject + " by a run of " + framework, holders);
    }

    private static Future<QueryAnswer> refused(String fact, List<Blocker> holders) {
        String who = holders.isEmpty() ? "" : ": " + Blockers.words(holders);
        SqlFailure failure =
                new SqlFailure(
                        CODE, Optional.empty(), fact + who, true, Reply.Failed.Nature.REFUSED);
        return Future.failedFuture(new RefusedException(failure.reply(holders)));
    }

    /**
     * Gives up the framework's lock alone, and keeps Skein's. Fails with what the client says.
     * Needs the advisory locks: call it after {@link #take}.
     */
    Future<Void> lend(DatabaseSession databaseSession) {
        VersionTable table = databaseSession.versionTable();
        if (table.migrationLock().isPresent()) {
            return databaseSession
                    .session()
                    .send(PgStatements.lend(table.migrationLock().orElseThrow()))
                    .<Void>mapEmpty()
                    .onSuccess(lent -> rowTaken = false);
        }
        return table.lockKey().isEmpty()
                ? Future.succeededFuture()
                : databaseSession
                        .session()
                        .send(PgStatements.unlock(table.lockKey().getAsLong()))
                        .mapEmpty();
    }

    /** Whether one of them outlives the connection. */
    boolean outliveConnection() {
        return rowTaken;
    }

    /**
     * Releases what would outlive the connection. Needs the advisory locks: call it after {@link
     * #take}. Fails with what the client says.
     */
    Future<Void> release(DatabaseSession databaseSession) {
        return databaseSession
                .session()
                .send(
                        PgStatements.release(
                                databaseSession.versionTable().migrationLock().orElseThrow()))
                .mapEmpty();
    }
}
