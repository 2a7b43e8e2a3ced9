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
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gets a walk to where it can work: connection, locks, ledger, survey. */
final class DatabaseConnector {
    private static final int SERVER_VERSION_MIN = 130_000;
    private static final String DENIED = "42501";

    /** Somebody else created the same table at the same moment. */
    private static final Set<String> CREATED_MEANWHILE = Set.of("42P06", "42P07", "23505");

    private final Connections connections;
    private final OrderIssued order;
    private final Plan plan;
    private final ExecutionLocks locks;
    private Optional<PgSession> session = Optional.empty();
    private Optional<DatabaseSession> site = Optional.empty();

    /** What was found, and the reports that the log may not have. */
    record Found(Survey survey, LedgerRead ledger) {}

    DatabaseConnector(Connections connections, OrderIssued order, Plan plan) {
        this.connections = connections;
        this.order = order;
        this.plan = plan;
        this.locks = new ExecutionLocks(order, plan.framework());
    }

    /** Where the walk works; present after the first success. */
    DatabaseSession site() {
        return site.orElseThrow();
    }

    /** The connection, where there is one that can still be used. */
    Optional<PgSession> session() {
        return session.filter(PgSession::alive);
    }

    /**
     * Gives back a lock that would outlive the connection, over another one where that is lost: the
     * framework's own command would find the lock taken, and no order may come for a long time.
     * Never fails; where the database stays out of reach the next order gives it back.
     */
    Future<Void> release() {
        if (!locks.outliveConnection()) {
            return Future.succeededFuture();
        }
        Future<Void> released =
                session().isPresent()
                        ? locks.release(site()).recover(lost -> releaseAnew())
                        : releaseAnew();
        return released.otherwiseEmpty();
    }

    private Future<Void> releaseAnew() {
        // The client tells a statement of the connection's end before it tells everybody.
        leave();
        return land().compose(found -> locks.release(site()));
    }

    /** Closes the connection, if there is one, so that the next landing opens another. */
    void leave() {
        session().ifPresent(PgSession::close);
        session = Optional.empty();
    }

    /** Closes the connection, if there is one, and completes when it is closed. Never fails. */
    Future<Void> close() {
        return session().map(PgSession::close).orElse(Future.succeededFuture());
    }

    /** Fails with {@link RefusedException}, or with what the client says. */
    Future<Found> land() {
        return arrive().compose(this::survey);
    }

    /** Comes as far as the connection: takes no lock, and neither creates nor reads anything. */
    Future<DatabaseSession> arrive() {
        return connected().compose(this::sited);
    }

    private Future<PgSession> connected() {
        if (session().isPresent()) {
            return Future.succeededFuture(session.get());
        }
        return connections
                .open(order.database(), "skein/" + order.rollout(), order.limits())
                .map(PgSession::new)
                .onSuccess(opened -> session = Optional.of(opened));
    }

    private Future<DatabaseSession> sited(PgSession opened) {
        if (site.isPresent() && site.get().session() == opened) {
            return Future.succeededFuture(site.get());
        }
        return opened.send(PgStatements.PLACE)
                .map(answer -> place(answer.rows("role").get(0)))
                .map(place -> siteOf(opened, place))
                .onSuccess(found -> site = Optional.of(found));
    }

    private static SessionContext place(Row row) {
        return new SessionContext(
                Optional.ofNullable(row.getString("schema")), row.getString("role"));
    }

    private DatabaseSession siteOf(PgSession opened, SessionContext place) {
        VersionTable table =
                VersionTables.of(plan, defaultSchema(place), order.database(), order.rollout());
        LedgerSql ledger = new LedgerSql(new Target(order.database(), table.book()));
        return new DatabaseSession(opened, place, table, ledger, new PgStatements(ledger, table));
    }

    /** Of the version table, where the plan names none. */
    private String defaultSchema(SessionContext place) {
        Optional<String> schema = order.database().schema().or(place::schema);
        if (schema.isEmpty() && VersionTables.needsDefaultSchema(plan)) {
            throw refused(
                    "no-schema",
                    "no schema of the search path exists, so there is no place for the version"
                            + " table");
        }
        return schema.orElse("");
    }

    private Future<Found> survey(DatabaseSession at) {
        return locks.take(at)
                .map(answer -> found(at, answer))
                .recover(
                        cause ->
                                cause instanceof RefusedException
                                        ? Future.failedFuture(cause)
                                        : unread(at, cause));
    }

    private Future<Found> unread(DatabaseSession at, Throwable cause) {
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
                                    + "; grant create on the database, or all rights on schema"
                                    + " skein and its tables, to the agent's role");
        } else if (failure.sqlState().filter(CREATED_MEANWHILE::contains).isPresent()) {
            told = failure.passingAs("created-meanwhile");
        }
        RefusedException refused = new RefusedException(told.reply(List.of()));
        return at.session().send("rollback").transform(done -> Future.failedFuture(refused));
    }

    private Found found(DatabaseSession at, QueryAnswer answer) {
        LedgerRead ledger =
                LedgerRead.of(answer.rows("format"), answer.rows("kind"), answer.rows("report"));
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
                        at.versionTable().history(versions),
                        at.place());
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
