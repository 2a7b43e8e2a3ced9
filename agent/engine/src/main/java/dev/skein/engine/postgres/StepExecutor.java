package dev.skein.engine.postgres;

import dev.skein.engine.CatalogueRow;
import dev.skein.engine.ExecutionObserver;
import dev.skein.engine.SchemaReader;
import dev.skein.engine.execution.Records;
import dev.skein.engine.execution.Reply;
import dev.skein.protocol.event.Blocker;
import dev.skein.protocol.event.FailedStatement;
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
    private final StatementFailure failures;

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
            ExecutionSettings settings) {
        this.order = order;
        this.observer = settings.observer();
        this.failures = new StatementFailure(settings.rowData());
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
        ExpectedAnswer expected = new ExpectedAnswer(Wanted.END);
        Future<QueryAnswer> script = session.send(PgStatements.script(sql), expected);
        Future<QueryAnswer> guard = guard(session, script, messages.guard());
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
                            Optional<FailedStatement> statement =
                                    cause == script.cause()
                                            ? statement(cause, sql, expected)
                                            : afterAll(cause, begin);
                            return rolledBack(escaped(cause), blockers, statement)
                                    .map(
                                            reply ->
                                                    new Outcome(
                                                            Optional.empty(),
                                                            Optional.of((Reply.Failed) reply)));
                        });
    }

    private Future<QueryAnswer> guard(
            PgSession session, Future<QueryAnswer> script, String message) {
        return observer.looksIntoScripts()
                ? script.compose(ran -> observer.beforeCommit(session.pid()))
                        .compose(seen -> session.send(message))
                : session.send(message);
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

    private Optional<FailedStatement> statement(
            Throwable cause, String sql, ExpectedAnswer answer) {
        return cause instanceof PgException refused
                ? Optional.of(failures.in(sql, answer.succeeded(), refused))
                : Optional.empty();
    }

    private Optional<FailedStatement> afterAll(Throwable cause, Future<QueryAnswer> begin) {
        return begin.succeeded() && cause instanceof PgException refused && isOfTheTeam(refused)
                ? Optional.of(failures.afterAll(refused))
                : Optional.empty();
    }

    /** Skein's own checks say all in their message. */
    private static boolean isOfTheTeam(PgException refused) {
        return !String.valueOf(refused.getSqlState()).startsWith("SK");
    }

    /** The reply for a failure, after the transaction is rolled back. */
    Future<Reply> rolledBack(Throwable cause, List<Blocker> blockers) {
        return rolledBack(cause, blockers, Optional.empty());
    }

    private Future<Reply> rolledBack(
            Throwable cause, List<Blocker> blockers, Optional<FailedStatement> statement) {
        detail(cause).ifPresent(observer::refusedWith);
        Reply.Failed reply = with(statement, failed(cause, blockers));
        return reply.nature() == Reply.Failed.Nature.LOST
                ? Future.succeededFuture(reply)
                : connector
                        .databaseSession()
                        .session()
                        .send(connector.databaseSession().messages().rollback())
                        .<Reply>map(held -> reply)
                        .otherwise(unheld -> orLockLost(reply, unheld));
    }

    private Reply failed(Throwable cause, Optional<FailedStatement> statement) {
        return with(statement, failed(cause, List.of()));
    }

    private static Reply.Failed with(Optional<FailedStatement> statement, Reply.Failed failed) {
        return new Reply.Failed(failed.failure().with(statement), failed.nature());
    }

    /** A rollback gives no lock back that the script released. */
    private Reply orLockLost(Reply reply, Throwable unheld) {
        Reply.Failed failed = failed(unheld, List.of());
        return failed.failure().sqlState().filter(HeldLocks.LOST::equals).isPresent()
                ? failed
                : reply;
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

    /** What a step runs outside a transaction; the last of them may be a whole script. */
    Future<Reply> statements(String before, List<String> statements) {
        PgSession session = connector.databaseSession().session();
        watch.begin(session.pid());
        Future<QueryAnswer> chain = session.send(before, new ExpectedAnswer(Wanted.END));
        for (int i = 0; i < statements.size(); i++) {
            int sent = i;
            chain = chain.compose(done -> run(session, statements.get(sent), sent));
        }
        return ended(chain);
    }

    /** Skein's own statements outside a transaction, one after the other. */
    Future<Reply> ours(String before, List<String> statements) {
        PgSession session = connector.databaseSession().session();
        watch.begin(session.pid());
        Future<QueryAnswer> chain = session.send(before, new ExpectedAnswer(Wanted.END));
        for (String each : statements) {
            chain = chain.compose(done -> session.send(each, new ExpectedAnswer(Wanted.END)));
        }
        return ended(chain);
    }

    private Future<Reply> ended(Future<QueryAnswer> chain) {
        return chain.<Reply>map(done -> new Reply.Done(Duration.ZERO))
                // A script may have begun a transaction of its own and failed in it.
                .recover(cause -> failedOutside(cause, watch.end()))
                .compose(this::withLocksHeld)
                .onComplete(done -> watch.end());
    }

    /** Where a lock is gone, what the statement did has to be read by whoever gets it next. */
    private Future<Reply> withLocksHeld(Reply reply) {
        return reply instanceof Reply.Failed
                ? Future.succeededFuture(reply)
                : connector
                        .databaseSession()
                        .session()
                        .send(connector.databaseSession().messages().locksHeld())
                        .<Reply>map(held -> reply)
                        .otherwise(
                                unheld ->
                                        new Reply.Failed(
                                                failed(unheld, List.of()).failure(),
                                                Reply.Failed.Nature.LOST));
    }

    /**
     * @param sent how many statements of the step were sent before it
     */
    private Future<QueryAnswer> run(PgSession session, String statement, int sent) {
        ExpectedAnswer expected = new ExpectedAnswer(Wanted.END);
        return session.send(statement, expected)
                .recover(
                        cause ->
                                Future.failedFuture(
                                        new FailedInScript(
                                                cause,
                                                statement(cause, statement, expected)
                                                        .map(failed -> failed.behind(sent)))));
    }

    private Future<Reply> failedOutside(Throwable cause, List<Blocker> blockers) {
        return cause instanceof FailedInScript failed
                ? rolledBack(failed.getCause(), blockers, failed.statement())
                : rolledBack(cause, blockers);
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
        ExpectedAnswer expected = new ExpectedAnswer(Wanted.ONE_ROW);
        Future<QueryAnswer> answer = session.send(query, expected);
        return Future.join(begin, answer)
                .map(done -> answered(answer.result()))
                .otherwise(
                        cause ->
                                cause == answer.cause()
                                        ? failed(cause, statement(cause, query, expected))
                                        : failed(cause, List.of()))
                .compose(
                        reply ->
                                session.send(connector.databaseSession().messages().rollback())
                                        .map(held -> reply)
                                        .otherwise(unheld -> orLockLost(reply, unheld)));
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
                                                        + " column of at most 1 MB",
                                                false,
                                                Reply.Failed.Nature.REFUSED)
                                        .reply(List.of()));
    }

    private static Optional<String> text(Row row) {
        return Optional.ofNullable(row.getValue(0)).map(Object::toString);
    }
}
