package dev.skein.engine.postgres;

import dev.skein.engine.CatalogueRow;
import dev.skein.engine.ExecutionObserver;
import dev.skein.engine.SchemaReader;
import dev.skein.engine.execution.Records;
import dev.skein.engine.execution.Reply;
import dev.skein.protocol.event.Blocker;
import dev.skein.protocol.event.OrderIssued;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs the statements of steps in an execution's session. */
final class StepExecutor {
    private static final String LOCK_TIMEOUT = "lock-timeout";

    private final OrderIssued order;
    private final DatabaseConnector connector;
    private final BlockerWatch watch;
    private final ExecutionObserver observer;

    /**
     * What became of a script.
     *
     * @param records what the ledger holds now, if it succeeded
     * @param failure why it did not
     */
    record Outcome(Optional<QueryAnswer> records, Optional<Reply.Failed> failure) {
        Reply reply(Duration elapsed) {
            return failure.map(Reply.class::cast).orElseGet(() -> new Reply.Done(elapsed));
        }
    }

    StepExecutor(
            OrderIssued order,
            DatabaseConnector connector,
            BlockerWatch watch,
            ExecutionObserver observer) {
        this.order = order;
        this.observer = observer;
        this.connector = connector;
        this.watch = watch;
    }

    /** One transaction in one round trip; see {@link PgStatements}. */
    Future<Outcome> script(String sql, Records records) {
        return observer.beforeStep(connector.databaseSession().session().pid(), true)
                .compose(ready -> transaction(sql, records))
                .onComplete(done -> observer.afterStep());
    }

    private Future<Outcome> transaction(String sql, Records records) {
        PgSession session = connector.databaseSession().session();
        PgStatements messages = connector.databaseSession().messages();
        watch.begin(session.pid());
        Future<QueryAnswer> begin = session.send(messages.begin(order.epoch(), records));
        Future<QueryAnswer> script = session.send(PgStatements.script(sql));
        Future<QueryAnswer> guard = guard(session, script);
        Future<QueryAnswer> end = end(session, guard, messages.end(records));
        return Future.join(begin, script, guard, end)
                .transform(
                        done -> {
                            List<Blocker> blockers = watch.end();
                            if (done.succeeded()) {
                                return Future.succeededFuture(
                                        new Outcome(Optional.of(end.result()), Optional.empty()));
                            }
                            Throwable cause = firstCause(List.of(begin, script, guard, end));
                            Throwable told =
                                    script.cause() == cause ? withLine(cause, sql) : escaped(cause);
                            return rolledBack(told, blockers)
                                    .map(
                                            reply ->
                                                    new Outcome(
                                                            Optional.empty(),
                                                            Optional.of((Reply.Failed) reply)));
                        });
    }

    private Future<QueryAnswer> guard(PgSession session, Future<QueryAnswer> script) {
        return observer.looksIntoScripts()
                ? script.compose(ran -> observer.beforeCommit(session.pid()))
                        .compose(seen -> session.send(PgStatements.guard()))
                : session.send(PgStatements.guard());
    }

    private Future<QueryAnswer> end(PgSession session, Future<QueryAnswer> guard, String records) {
        return observer.looksIntoScripts()
                ? guard.compose(closed -> session.send(records))
                : session.send(records);
    }

    private static Throwable firstCause(List<Future<?>> futures) {
        return futures.stream().filter(Future::failed).findFirst().orElseThrow().cause();
    }

    private static Throwable escaped(Throwable cause) {
        boolean gone =
                cause instanceof PgException e && PgStatements.NO_CURSOR.equals(e.getSqlState());
        return gone
                ? new RefusedException(
                        new SqlFailure(
                                        "transaction-escaped",
                                        Optional.empty(),
                                        "the script ended the transaction that it runs in: what it"
                                                + " did before may have taken effect and is not"
                                                + " recorded; take 'commit' and 'rollback' out of"
                                                + " it and see to the database",
                                        false,
                                        Reply.Failed.Nature.REFUSED)
                                .reply(List.of()))
                : cause;
    }

    private static Throwable withLine(Throwable cause, String sql) {
        Optional<Reply.Failed> withLine =
                cause instanceof PgException refused && hasPosition(refused)
                        ? Optional.of(withLine(refused, sql))
                        : Optional.empty();
        return withLine.<Throwable>map(RefusedException::new).orElse(cause);
    }

    /** A lock timeout has nothing to do with a line, even where the server names a position. */
    private static boolean hasPosition(PgException refused) {
        return refused.getPosition() != null
                && !SqlFailures.of(refused).code().equals(LOCK_TIMEOUT);
    }

    private static Reply.Failed withLine(PgException refused, String sql) {
        int position = Math.min(Integer.parseInt(refused.getPosition()), sql.length());
        long line = sql.substring(0, position).chars().filter(c -> c == '\n').count() + 1;
        SqlFailure failure = SqlFailures.of(refused);
        return failure.saying(failure.message() + ", line " + line).reply(List.of());
    }

    /** The reply for a failure, after the transaction is rolled back. */
    Future<Reply> rolledBack(Throwable cause, List<Blocker> blockers) {
        detail(cause).ifPresent(observer::refusedWith);
        Reply.Failed reply = failed(cause, blockers);
        return reply.nature() == Reply.Failed.Nature.LOST
                ? Future.succeededFuture(reply)
                : connector
                        .databaseSession()
                        .session()
                        .send("rollback")
                        .transform(done -> Future.succeededFuture(reply));
    }

    private static Optional<String> detail(Throwable cause) {
        return cause instanceof PgException refused
                ? Optional.ofNullable(refused.getDetail())
                : Optional.empty();
    }

    private Reply.Failed failed(Throwable cause, List<Blocker> blockers) {
        if (cause instanceof RefusedException refused) {
            return refused.reply();
        }
        SqlFailure failure = SqlFailures.of(cause);
        if (!failure.code().equals(LOCK_TIMEOUT)) {
            return failure.reply(List.of());
        }
        String who = blockers.isEmpty() ? "" : ", held by " + Blockers.words(blockers);
        return failure.saying(
                        "lock not acquired in "
                                + order.limits().lockTimeout().toMillis()
                                + " ms"
                                + who)
                .reply(blockers);
    }

    /** Statements outside a transaction, one after the other. */
    Future<Reply> statement(String before, List<String> statements) {
        PgSession session = connector.databaseSession().session();
        watch.begin(session.pid());
        Future<QueryAnswer> chain = session.send(before);
        for (String statement : statements) {
            chain = chain.compose(done -> session.send(statement));
        }
        return chain.<Reply>map(done -> new Reply.Done(Duration.ZERO))
                // A script may have begun a transaction of its own and failed in it.
                .recover(cause -> rolledBack(cause, watch.end()))
                .onComplete(done -> watch.end());
    }

    /** The digests of those of the objects that are there. */
    Future<Reply> fingerprint(SchemaReader scope, List<String> objects) {
        PgSession session = connector.databaseSession().session();
        return session.send(PgStatements.outside(List.of(scope.preparation()), true))
                .compose(done -> session.send(scope.query()))
                .map(results -> scope.fingerprint(catalogueRows(results)))
                .<Reply>map(found -> new Reply.Fingerprinted(found.digests(objects)))
                .otherwise(cause -> failed(cause, List.of()));
    }

    private static List<CatalogueRow> catalogueRows(QueryAnswer results) {
        return results.rows("definition").stream()
                .map(row -> new CatalogueRow(row.getString(0), row.getString(1)))
                .toList();
    }

    /** The step's own session statements make names mean what they mean to the step. */
    Future<Reply> catalogue(List<String> statements, CatalogueQuery query) {
        PgSession session = connector.databaseSession().session();
        return session.send(PgStatements.lookup(statements))
                .compose(done -> session.send(query.sql()))
                .<Reply>map(results -> new Reply.Probed(query.read(results.rows("state"))))
                .otherwise(cause -> failed(cause, List.of()));
    }

    /** A query in a transaction that can change nothing. */
    Future<Reply> check(String query) {
        PgSession session = connector.databaseSession().session();
        Future<QueryAnswer> begin = session.send(PgStatements.BEGIN_CHECK);
        Future<QueryAnswer> answer = session.send(query);
        return Future.join(begin, answer)
                .map(done -> answered(answer.result()))
                .map(Reply.class::cast)
                .otherwise(cause -> failed(cause, List.of()))
                .compose(
                        reply ->
                                session.send("rollback")
                                        .transform(done -> Future.succeededFuture(reply)));
    }

    private static Reply answered(QueryAnswer answer) {
        return answer.single()
                .<Reply>map(row -> new Reply.Answered(text(row)))
                .orElseGet(
                        () ->
                                new SqlFailure(
                                                "check-failed",
                                                Optional.empty(),
                                                "the check's query did not select one row with one"
                                                        + " column",
                                                false,
                                                Reply.Failed.Nature.REFUSED)
                                        .reply(List.of()));
    }

    private static Optional<String> text(Row row) {
        return Optional.ofNullable(row.getValue(0)).map(Object::toString);
    }
}
