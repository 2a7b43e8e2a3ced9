package dev.skein.engine.postgres;

import dev.skein.engine.execution.Reply;
import dev.skein.engine.execution.SessionContext;
import dev.skein.engine.execution.Survey;
import dev.skein.engine.postgres.ledger.LedgerRead;
import dev.skein.engine.postgres.ledger.LedgerSql;
import dev.skein.engine.postgres.ledger.Target;
import dev.skein.engine.postgres.version.VersionRow;
import dev.skein.engine.postgres.version.VersionTable;
import dev.skein.engine.postgres.version.VersionTables;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Connects an execution to its database: connection, locks, ledger, survey. */
final class DatabaseConnector {
    private static final int SERVER_VERSION_MIN = 130_000;
    private static final String DENIED = "42501";

    /** A server may take a moment to see that a session has lost its client. */
    private static final int RELEASES_MAX = 20;

    private static final Duration BETWEEN_RELEASES = Duration.ofMillis(250);

    /** Somebody else created the same table at the same time. */
    private static final Set<String> CREATED_MEANWHILE = Set.of("42P06", "42P07", "23505");

    private final Connections connections;
    private final OrderIssued order;
    private final Plan plan;
    private final ExecutionLocks locks;
    private Optional<PgSession> session = Optional.empty();
    private Optional<DatabaseSession> databaseSession = Optional.empty();

    /** What was found, and the reports that the log may not have. */
    record Found(Survey survey, LedgerRead ledger) {}

    DatabaseConnector(Connections connections, OrderIssued order, Plan plan) {
        this.connections = connections;
        this.order = order;
        this.plan = plan;
        this.locks = new ExecutionLocks(order, plan.framework());
    }

    /** The session of the last successful connect. */
    DatabaseSession databaseSession() {
        return databaseSession.orElseThrow();
    }

    /** The connection, where there is one that can still be used. */
    Optional<PgSession> session() {
        return session.filter(PgSession::alive);
    }

    /**
     * Releases a lock that would outlive the connection; opens another connection where the first
     * is lost. Otherwise the framework's own command would find the lock taken until the next
     * order. Never fails; where the database cannot be reached the next order releases it.
     */
    Future<Void> release() {
        if (!locks.outliveConnection()) {
            return Future.succeededFuture();
        }
        Future<Void> released =
                session().isPresent()
                        ? locks.release(databaseSession())
                                .recover(lost -> releaseOverNewConnection(RELEASES_MAX))
                        : releaseOverNewConnection(RELEASES_MAX);
        return released.otherwiseEmpty();
    }

    private Future<Void> releaseOverNewConnection(int attempts) {
        // The client fails the statement before it reports the connection as closed.
        disconnect();
        return connect()
                .compose(found -> locks.release(databaseSession()))
                .recover(
                        failed ->
                                failed instanceof RefusedException && attempts > 1
                                        ? connections
                                                .after(BETWEEN_RELEASES)
                                                .compose(
                                                        passed ->
                                                                releaseOverNewConnection(
                                                                        attempts - 1))
                                        : Future.failedFuture(failed));
    }

    /**
     * Replaces the session by a new one that holds the same locks. Never fails; where it could not,
     * there is no session, and what is sent next fails as on a lost connection.
     */
    Future<Void> renew() {
        return release()
                .compose(released -> databaseSession().session().send(PgStatements.UNLOCK))
                .eventually(this::close)
                .compose(closed -> connectAnew())
                .<Void>mapEmpty()
                .otherwise(
                        failed -> {
                            disconnect();
                            return null;
                        });
    }

    private Future<Found> connectAnew() {
        session = Optional.empty();
        return connect();
    }

    /** Closes the connection, if there is one, so that the next connect opens another. */
    void disconnect() {
        session().ifPresent(PgSession::close);
        session = Optional.empty();
    }

    /** Closes the connection, if there is one, and completes when it is closed. Never fails. */
    Future<Void> close() {
        return session().map(PgSession::close).orElse(Future.succeededFuture());
    }

    /**
     * Gives the framework's lock up, so that the framework can take it; {@link #connect} takes it
     * again. Fails with what the client says.
     */
    Future<Void> lendLock() {
        return locks.lend(databaseSession());
    }

    /** Fails with {@link RefusedException}, or with what the client says. */
    Future<Found> connect() {
        return open().compose(this::survey);
    }

    /** Opens the connection only: takes no lock, and neither creates nor reads a table. */
    Future<DatabaseSession> open() {
        return connected().compose(this::sessionOver);
    }

    private Future<PgSession> connected() {
        if (session().isPresent()) {
            return Future.succeededFuture(session.get());
        }
        String applicationName = "skein/" + order.rollout();
        Future<PgConnection> opening =
                order.kind() == OrderKind.SURVEY
                        ? connections.open(order.database(), applicationName, order.limits())
                        : connections.openToWrite(
                                order.database(), applicationName, order.limits());
        return opening.map(PgSession::new).onSuccess(opened -> session = Optional.of(opened));
    }

    private Future<DatabaseSession> sessionOver(PgSession opened) {
        if (databaseSession.isPresent() && databaseSession.get().session() == opened) {
            return Future.succeededFuture(databaseSession.get());
        }
        return opened.send(PgStatements.SESSION_CONTEXT)
                .map(answer -> sessionContext(answer.rows("role").get(0)))
                .map(sessionContext -> databaseSession(opened, sessionContext))
                .onSuccess(found -> databaseSession = Optional.of(found));
    }

    private static SessionContext sessionContext(Row row) {
        return new SessionContext(
                Optional.ofNullable(row.getString("schema")), row.getString("role"));
    }

    private DatabaseSession databaseSession(PgSession opened, SessionContext sessionContext) {
        VersionTable table =
                VersionTables.of(
                        plan, defaultSchema(sessionContext), order.database(), order.rollout());
        LedgerSql ledger = new LedgerSql(new Target(order.database(), table.ledgerKey()));
        PgStatements messages =
                new PgStatements(ledger, table, HeldLocks.of(order.database(), table));
        return new DatabaseSession(opened, sessionContext, table, ledger, messages);
    }

    /** Of the version table, where the plan names none. */
    private String defaultSchema(SessionContext sessionContext) {
        Optional<String> schema = order.database().schema().or(sessionContext::schema);
        if (schema.isEmpty() && VersionTables.needsDefaultSchema(plan)) {
            throw refused(
                    "no-schema",
                    "no schema of the search path exists, so there is no place for the version"
                            + " table");
        }
        return schema.orElse("");
    }

    private Future<Found> survey(DatabaseSession databaseSession) {
        return locks.take(databaseSession)
                .map(answer -> found(databaseSession, answer))
                .recover(
                        cause ->
                                cause instanceof RefusedException
                                        ? Future.failedFuture(cause)
                                        : unread(databaseSession, cause));
    }

    private Future<Found> unread(DatabaseSession databaseSession, Throwable cause) {
        SqlFailure failure = SqlFailures.of(cause);
        SqlFailure told = failure;
        if (failure.sqlState().filter(DENIED::equals).isPresent()) {
            told =
                    failure.as(
                            "ledger-denied",
                            "Skein's ledger cannot be kept in "
                                    + order.database()
                                    + ": "
                                    + failure.message()
                                    + "; grant the agent's role create on the database, or create"
                                    + " the schema for it: 'create schema skein authorization"
                                    + " ROLE'. 'skein agent grants' prints all that it needs");
        } else if (failure.sqlState().filter(CREATED_MEANWHILE::contains).isPresent()) {
            told = failure.passingAs("created-meanwhile");
        }
        RefusedException refused = new RefusedException(told.reply(List.of()));
        return databaseSession
                .session()
                .send("rollback")
                .transform(done -> Future.failedFuture(refused));
    }

    private Found found(DatabaseSession databaseSession, QueryAnswer answer) {
        LedgerRead ledger =
                LedgerRead.of(
                        answer.rows("held_log").get(0),
                        answer.rows("format").get(0),
                        answer.rows("kind"),
                        answer.rows("report"));
        if (ledger.serverVersion() < SERVER_VERSION_MIN) {
            throw refused("unsupported-server", "the server is older than PostgreSQL 13");
        }
        if (ledger.format() > LedgerSql.FORMAT) {
            throw unsupportedLedger(ledger.format());
        }
        List<VersionRow> versions = new ArrayList<>();
        answer.rows("success").forEach(row -> versions.add(versionRow(row)));
        Survey survey =
                new Survey(
                        ledger.epoch(),
                        ledger.lastSequence(),
                        ledger.rows(),
                        databaseSession.versionTable().history(versions),
                        databaseSession.sessionContext(),
                        ledger.origin());
        return new Found(survey, ledger);
    }

    static VersionRow versionRow(Row row) {
        return new VersionRow(
                Optional.ofNullable(row.getString("version")),
                row.getString("description"),
                row.getString("type"),
                Optional.ofNullable(row.getString("checksum")),
                row.getBoolean("success"));
    }

    static RefusedException unsupportedLedger(int format) {
        return refused(
                "unsupported-ledger",
                "the ledger has format "
                        + format
                        + " and this agent knows "
                        + LedgerSql.FORMAT
                        + "; run a newer agent");
    }

    private static RefusedException refused(String code, String message) {
        return new RefusedException(
                new SqlFailure(code, Optional.empty(), message, false, Reply.Failed.Nature.REFUSED)
                        .reply(List.of()));
    }
}
