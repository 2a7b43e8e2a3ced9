package dev.skein.engine.postgres;

import dev.skein.engine.execution.Reply;
import dev.skein.engine.postgres.ledger.Target;
import dev.skein.engine.postgres.version.LockRow;
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
 * The locks of one walk: Skein's own, and the framework's.
 *
 * <p>Advisory locks are asked for and the survey is read in one round trip; if a lock is held by
 * somebody else, what was read is thrown away. A framework's row is taken in the survey's
 * transaction, but only by who holds the advisory locks, so that their answer is waited for.
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
    Future<QueryAnswer> take(DatabaseSession at) {
        long own = Target.lockKey(order.database());
        OptionalLong books = at.versionTable().lockKey();
        Future<QueryAnswer> ownLock = at.session().send(PgStatements.lock(own));
        Future<QueryAnswer> booksLock =
                books.isPresent()
                        ? at.session().send(PgStatements.lock(books.getAsLong()))
                        : ownLock;
        Future<QueryAnswer> survey =
                at.versionTable().lockRow().isPresent()
                        ? Future.join(ownLock, booksLock)
                                .compose(
                                        done ->
                                                held(ownLock) && held(booksLock)
                                                        ? withRow(at)
                                                        : Future.succeededFuture())
                        : at.session().send(at.messages().survey(order.lastSequence()));
        return Future.join(ownLock, booksLock, survey)
                .transform(
                        done -> {
                            if (ownLock.succeeded() && !held(ownLock)) {
                                return locked(at, own, "another walk of this target");
                            }
                            if (booksLock.succeeded() && !held(booksLock)) {
                                return locked(at, books.orElseThrow(), holderOfBooks(at));
                            }
                            return done.succeeded() ? survey : Future.failedFuture(done.cause());
                        });
    }

    /**
     * Takes the target's own lock alone. Fails with {@link RefusedException} if somebody else holds
     * it, or with what the client says.
     */
    static Future<Void> takeOwn(DatabaseSession at, DatabaseId database) {
        long own = Target.lockKey(database);
        Future<QueryAnswer> lock = at.session().send(PgStatements.lock(own));
        return lock.compose(
                done ->
                        held(lock)
                                ? Future.succeededFuture()
                                : locked(at, own, "another walk of this target").mapEmpty());
    }

    private static boolean held(Future<QueryAnswer> lock) {
        return lock.result().rows("held").get(0).getBoolean("held");
    }

    private String holderOfBooks(DatabaseSession at) {
        return at.versionTable().lockRow().isPresent()
                ? "another walk with the same version table"
                : "a run of " + framework;
    }

    private static Future<QueryAnswer> locked(DatabaseSession at, long key, String by) {
        return at.session()
                .send("rollback;" + PgStatements.holders(key))
                .map(results -> Blockers.read(results.rows("pid")))
                .compose(holders -> refused(by + " holds the lock", holders));
    }

    private Future<QueryAnswer> withRow(DatabaseSession at) {
        LockRow row = at.versionTable().lockRow().orElseThrow();
        return at.session()
                .send(at.messages().survey(order.lastSequence()))
                .compose(
                        survey -> {
                            rowTaken = survey.rows("taken").get(0).getBoolean("taken");
                            return rowTaken
                                    ? Future.succeededFuture(survey)
                                    : barred(at, row, survey);
                        });
    }

    private Future<QueryAnswer> barred(DatabaseSession at, LockRow row, QueryAnswer survey) {
        return at.session()
                .send(PgStatements.holders(row))
                .map(results -> Blockers.read(results.rows("pid")))
                .compose(
                        holders ->
                                holders.isEmpty() && mayMend(survey)
                                        ? at.session()
                                                .send(PgStatements.mend(row))
                                                .compose(mended -> withRow(at))
                                        : rowLocked(row, holders));
    }

    /** A repair is asked for once: from the acceptance on, a lock is somebody's who came since. */
    private boolean mayMend(QueryAnswer survey) {
        Row head = survey.rows("format").get(0);
        Long epoch = head.getLong("epoch");
        return order.repair().filter(Repair.BOOKS::equals).isPresent()
                && (epoch == null || epoch < order.epoch());
    }

    private Future<QueryAnswer> rowLocked(LockRow row, List<Blocker> holders) {
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

    /** Whether one of them is still there when the connection is gone. */
    boolean outliveConnection() {
        return rowTaken;
    }

    /**
     * Gives back what would outlive the connection, and which is anybody's who holds the advisory
     * locks: call it with those, after {@link #take}. Fails with what the client says.
     */
    Future<Void> release(DatabaseSession at) {
        return at.session()
                .send(PgStatements.release(at.versionTable().lockRow().orElseThrow()))
                .mapEmpty();
    }
}
