package dev.skein.engine.postgres;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.pgclient.PgNotice;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of an execution: simple queries, several under way at once, and the news of its
 * end.
 *
 * <p>Confined to the execution's context. Every future completes, at the latest when the connection
 * ends: the client alone would leave some incomplete after a message it does not know.
 */
final class PgSession {
    private static final Logger LOGGER = LoggerFactory.getLogger(PgSession.class);

    private final PgConnection connection;
    private final AnswerFilter answers;
    private final Promise<Void> ended = Promise.promise();
    private Optional<Throwable> cause = Optional.empty();

    PgSession(PgConnection connection) {
        this.connection = connection;
        this.answers = AnswerFilter.of(connection);
        connection.exceptionHandler(this::troubled);
        connection.closeHandler(nothing -> end());
        connection.noticeHandler(PgSession::noticed);
    }

    private void troubled(Throwable trouble) {
        if (cause.isEmpty()) {
            cause = Optional.of(trouble);
        }
    }

    private static void noticed(PgNotice notice) {
        if (HeldLocks.RELEASED.equals(notice.getCode())) {
            LOGGER.atWarn()
                    .addKeyValue("sqlState", notice.getCode())
                    .log("A script released the locks of its execution; they are taken again");
            return;
        }
        // Without a handler the client logs each notice as a warning, such as those of 'if exists'.
        LOGGER.atTrace().addKeyValue("sqlState", notice.getCode()).log("Notice");
    }

    private void end() {
        ended.tryFail(
                cause.orElseGet(
                        () -> new IllegalStateException("the server closed the connection")));
    }

    /** The server's process. */
    int pid() {
        return connection.processId();
    }

    boolean alive() {
        return !ended.future().isComplete();
    }

    /**
     * Sends one message without waiting for those before it.
     *
     * @param sql one or more statements
     * @return what the server answers; {@link SqlFailures} tells what a failure means
     */
    Future<QueryAnswer> send(String sql) {
        return send(sql, new ExpectedAnswer(Wanted.ALL));
    }

    /**
     * The same for statements of the team: what nobody wants of their answer is dropped as it
     * arrives.
     *
     * @param expected tells, when the future completes, how many statements succeeded
     */
    Future<QueryAnswer> send(String sql, ExpectedAnswer expected) {
        Promise<QueryAnswer> answer = Promise.promise();
        ended.future().onFailure(answer::tryFail);
        answers.expect(expected);
        connection
                .query(sql)
                .execute()
                .onSuccess(rows -> answer.tryComplete(new QueryAnswer(rows)))
                .onFailure(failure -> failed(answer, failure));
        return answer.future();
    }

    private void failed(Promise<?> answer, Throwable failure) {
        // The server's last message says more than that the connection is closed.
        answer.tryFail(failure instanceof PgException ? failure : cause.orElse(failure));
    }

    /** Closes; the server releases all locks. Never fails. */
    Future<Void> close() {
        return alive() ? connection.close().otherwiseEmpty() : Future.succeededFuture();
    }
}
