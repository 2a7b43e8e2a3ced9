package dev.skein.agent.postgres;

import dev.skein.agent.ledger.Target;
import dev.skein.agent.step.Reply;
import dev.skein.agent.version.LockRow;
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
final class WalkLocks {
    private static final String CODE = "locked";

    private final OrderIssued order;
    private final String framework;
    private boolean rowTaken;

    WalkLocks(OrderIssued order, Framework framework) {
        this.order = order;
        this.framework = framework.label();
    }

    /**
     * Takes all locks and answers with the survey. Fails with {@link Refused} if one is held by
     * somebody else, or with what the client says.
     */
    Future<Answer> take(Site at) {
        long own = Target.lockKey(order.database());
        OptionalLong books = at.versionTable().lockKey();
        Future<Answer> ownLock = at.session().send(Messages.lock(own));
        Future<Answer> booksLock =
                books.isPresent() ? at.session().send(Messages.lock(books.getAsLong())) : ownLock;
        Future<Answer> survey =
                at.versionTable().lockRow().isPresent()
                        ? Future.join(ownLock, booksLock)
                                .compose(
                                        done ->
                                                held(ownLock) && held(booksLock)
                                                        ? withRow(at)
                                                        : Future.succeededFuture())
                        : at.session().send(at.messages().survey());
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
     * Takes the target's own lock alone. Fails with {@link Refused} if somebody else holds it, or
     * with what the client says.
     */
    static Future<Void> takeOwn(Site at, DatabaseId database) {
        long own = Target.lockKey(database);
        Future<Answer> lock = at.session().send(Messages.lock(own));
        return lock.compose(
                done ->
                        held(lock)
                                ? Future.succeededFuture()
                                : locked(at, own, "another walk of this target").mapEmpty());
    }

    private static boolean held(Future<Answer> lock) {
        return lock.result().rows("held").get(0).getBoolean("held");
    }

    private String holderOfBooks(Site at) {
        return at.versionTable().lockRow().isPresent()
                ? "another walk with the same version table"
                : "a run of " + framework;
    }

    private static Future<Answer> locked(Site at, long key, String by) {
        return at.session()
                .send("rollback;" + Messages.holders(key))
                .map(results -> Blockers.read(results.rows("pid")))
                .compose(holders -> refused(by + " holds the lock", holders));
    }

    private Future<Answer> withRow(Site at) {
        LockRow row = at.versionTable().lockRow().orElseThrow();
        return at.session()
                .send(at.messages().survey())
                .compose(
                        survey -> {
                            rowTaken = survey.rows("taken").get(0).getBoolean("taken");
                            return rowTaken
                                    ? Future.succeededFuture(survey)
                                    : barred(at, row, survey);
                        });
    }

    private Future<Answer> barred(Site at, LockRow row, Answer survey) {
        return at.session()
                .send(Messages.holders(row))
                .map(results -> Blockers.read(results.rows("pid")))
                .compose(
                        holders ->
                                holders.isEmpty() && mayMend(survey)
                                        ? at.session()
                                                .send(Messages.mend(row))
                                                .compose(mended -> withRow(at))
                                        : rowLocked(row, holders));
    }

    /** A repair is asked for once: from the acceptance on, a lock is somebody's who came since. */
    private boolean mayMend(Answer survey) {
        Row head = survey.rows("format").get(0);
        Long epoch = head.getLong("epoch");
        return order.repair().filter(Repair.BOOKS::equals).isPresent()
                && (epoch == null || epoch < order.epoch());
    }

    private Future<Answer> rowLocked(LockRow row, List<Blocker> holders) {
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

    private static Future<Answer> refused(String fact, List<Blocker> holders) {
        String who = holders.isEmpty() ? "" : ": " + Blockers.words(holders);
        SqlFailure failure =
                new SqlFailure(
                        CODE, Optional.empty(), fact + who, true, Reply.Failed.Nature.REFUSED);
        return Future.failedFuture(new Refused(failure.reply(holders)));
    }

    /** Gives back what would outlive the connection; where this fails the next walk does. */
    Future<Void> release(Site at) {
        return rowTaken
                ? at.session()
                        .send(Messages.release(at.versionTable().lockRow().orElseThrow()))
                        .<Void>mapEmpty()
                        .otherwiseEmpty()
                : Future.succeededFuture();
    }
}
