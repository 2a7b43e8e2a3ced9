package dev.skein.engine.postgres;

import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.engine.ReportSink;
import dev.skein.engine.ServerAddress;
import dev.skein.engine.TlsMode;
import dev.skein.engine.execution.Assignment;
import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.engine.runner.Runners;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.DeclaredVersion;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.OrderBasis;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.LogId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.strategy.StepLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A database of its own on the shared server, orders for it, and what they reported. */
final class ExecutionFixture implements AutoCloseable {
    static final String SERVER = "pg-1";
    private static final long EXECUTION_SECONDS_MAX = 60;
    private static final long AWAIT_SECONDS_MAX = 30;

    final TestPostgres server;
    final String name;
    final DatabaseId database;
    final Vertx vertx = Vertx.vertx();
    final Connections connections;
    final List<Envelope> reports = new CopyOnWriteArrayList<>();

    private StepLimits limits =
            new StepLimits(Duration.ofSeconds(2), Optional.empty(), Duration.ZERO, 5);
    private Duration patience = Duration.ofSeconds(30);
    private String user = TestPostgres.SUPERUSER;
    private List<CheckStep> checks = List.of();
    private Optional<Repair> repair = Optional.empty();
    private Optional<LogId> log = Optional.empty();
    private Optional<String> knownVersion = Optional.empty();
    private Optional<DeclaredVersion> declared = Optional.empty();
    private String rollout = "r-1";
    private boolean rowData = true;
    private Runners runners = Runners.NONE;
    private final SortedMap<String, String> labels = new TreeMap<>();
    private long epoch;
    private volatile long seen;

    private int port;

    private ExecutionFixture(String name, DatabaseId database) {
        this(TestServers.postgres(), name, database);
    }

    private ExecutionFixture(TestPostgres server, String name, DatabaseId database) {
        this.server = server;
        this.port = server.port();
        this.name = name;
        this.database = database;
        this.connections = new Connections(vertx, this::address);
    }

    static ExecutionFixture onFreshDatabase() {
        String name = TestServers.freshDatabase("execution");
        return new ExecutionFixture(name, DatabaseId.of(SERVER, name));
    }

    /** On a server of the test's own. */
    static ExecutionFixture onServer(TestPostgres server) {
        String name = "execution";
        server.createDatabase(name);
        return new ExecutionFixture(server, name, DatabaseId.of(SERVER, name));
    }

    static ExecutionFixture onDatabase(String name) {
        return new ExecutionFixture(name, DatabaseId.of(SERVER, name));
    }

    static ExecutionFixture onSchema(String database, String schema) {
        return new ExecutionFixture(database, DatabaseId.of(SERVER, database, schema));
    }

    private Optional<ServerAddress> address(String server) {
        return Optional.of(
                new ServerAddress(
                        server,
                        this.server.host(),
                        port,
                        user,
                        Optional::empty,
                        TlsMode.DISABLE,
                        Optional.empty()));
    }

    ExecutionFixture lockTimeout(Duration timeout) {
        return limits(timeout, limits.attempts());
    }

    ExecutionFixture withholdingRowData() {
        rowData = false;
        return this;
    }

    /** What carries out delegated steps. */
    ExecutionFixture runningWith(Runners some) {
        runners = some;
        return this;
    }

    ExecutionFixture attempts(int attempts) {
        return limits(limits.lockTimeout(), attempts);
    }

    private ExecutionFixture limits(Duration lockTimeout, int attempts) {
        limits =
                new StepLimits(
                        lockTimeout,
                        limits.statementTimeout(),
                        limits.pauseBetweenSteps(),
                        attempts);
        return this;
    }

    ExecutionFixture patience(Duration newPatience) {
        patience = newPatience;
        return this;
    }

    ExecutionFixture checks(CheckStep... newChecks) {
        checks = List.of(newChecks);
        return this;
    }

    ExecutionFixture repair(Repair newRepair) {
        repair = Optional.of(newRepair);
        return this;
    }

    /** The log of the next orders. */
    ExecutionFixture log(String newLog) {
        log = Optional.of(new LogId(newLog));
        return this;
    }

    /** The version that the log last heard of. */
    ExecutionFixture knownAt(String version) {
        knownVersion = Optional.of(version);
        return this;
    }

    /** What a person says of the database, in the next orders. */
    ExecutionFixture declaring(DeclaredVersion version) {
        declared = Optional.of(version);
        return this;
    }

    /** Something in between listens there. */
    ExecutionFixture port(int newPort) {
        port = newPort;
        return this;
    }

    /** The last report that the log has seen. */
    ExecutionFixture seen(long sequence) {
        seen = sequence;
        return this;
    }

    ExecutionFixture user(String newUser) {
        user = newUser;
        return this;
    }

    ExecutionFixture label(String name, String value) {
        labels.put(name, value);
        return this;
    }

    ExecutionFixture rollout(String newRollout) {
        rollout = newRollout;
        return this;
    }

    OrderIssued nextOrder(OrderKind kind) {
        epoch++;
        return order(kind, epoch);
    }

    OrderIssued order(OrderKind kind, long ofEpoch) {
        return new OrderIssued(
                database,
                ofEpoch,
                new RolloutId(rollout),
                0,
                1,
                kind,
                new AgentId("agent-1"),
                new PlanId("0".repeat(64)),
                0,
                seen,
                limits,
                checks,
                repair,
                Optional.of(basis()),
                Instant.EPOCH);
    }

    private OrderBasis basis() {
        return new OrderBasis(log, knownVersion, OptionalLong.empty(), declared);
    }

    /** The log is put back to what it was before anything was reported. */
    void forget() {
        reports.clear();
        seen = 0;
    }

    ExecutionEnd apply(Plan plan) {
        return execute(nextOrder(OrderKind.APPLY), plan);
    }

    ExecutionEnd rollBack(Plan plan) {
        return execute(nextOrder(OrderKind.ROLLBACK), plan);
    }

    ExecutionEnd execute(OrderIssued order, Plan plan) {
        return await(begin(order, plan, Permit::go));
    }

    /**
     * Applies the plan, and does something else right before the execution may take its first step.
     */
    ExecutionEnd applyAfter(Runnable before, Plan plan) {
        return before(OrderKind.APPLY, before, plan);
    }

    /** As {@link #applyAfter}, for any order. */
    ExecutionEnd before(OrderKind kind, Runnable before, Plan plan) {
        AtomicBoolean done = new AtomicBoolean();
        Supplier<Permit> permit =
                () -> {
                    if (accepted() && !done.getAndSet(true)) {
                        before.run();
                    }
                    return Permit.go();
                };
        return await(begin(nextOrder(kind), plan, permit));
    }

    private boolean accepted() {
        return exists("skein.ledger")
                && "t".equals(value("select max(epoch) = " + epoch + " from skein.target"));
    }

    Future<ExecutionEnd> begin(OrderIssued order, Plan plan, Supplier<Permit> permit) {
        return begin(order, plan, permit, this::record);
    }

    Future<ExecutionEnd> begin(
            OrderIssued order, Plan plan, Supplier<Permit> permit, ReportSink sink) {
        ExecutionSettings settings =
                new ExecutionSettings(InstantSource.system(), () -> 0.5, patience)
                        .reportingRowData(rowData)
                        .runningWith(runners);
        return new PostgresEngine(vertx, connections, settings)
                .execute(new Assignment(order, plan, labels), permit, sink);
    }

    Future<Void> record(Envelope report) {
        reports.add(report);
        seen = Math.max(seen, report.sequence());
        return Future.succeededFuture();
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(EXECUTION_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("not done in " + EXECUTION_SECONDS_MAX + " s", e);
        }
    }

    List<FleetEvent> events() {
        return reports.stream().map(Envelope::event).toList();
    }

    <E extends FleetEvent> List<E> events(Class<E> type) {
        return events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<String> eventNames() {
        return events().stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    void execute(String sql) {
        server.execute(name, sql);
    }

    Connection connect() {
        try {
            return server.connect(name);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The only value of the only row, as text. */
    String value(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new AssertionError(sql + ": " + e.getMessage(), e);
        }
    }

    boolean exists(String relation) {
        return value("select to_regclass('" + relation + "')") != null;
    }

    /** Asks until the answer is the wanted one. */
    void awaitValue(String sql, String wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(AWAIT_SECONDS_MAX);
        String last = value(sql);
        while (!wanted.equals(last)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(sql + " is " + last + ", not " + wanted);
            }
            Thread.onSpinWait();
            last = value(sql);
        }
    }

    /** Waits until the ledger has a row of that kind. */
    void awaitLedger(String kind) {
        awaitValue("select to_regclass('skein.ledger') is not null", "t");
        awaitValue("select count(*) > 0 from skein.ledger where kind = '" + kind + "'", "t");
    }

    /** Cuts the execution's connection in the middle of whatever it does. */
    void terminateExecution() {
        value(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                        + name
                        + "' and application_name like 'skein/r%'");
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
