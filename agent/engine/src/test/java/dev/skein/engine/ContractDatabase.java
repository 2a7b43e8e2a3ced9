package dev.skein.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.Assignment;
import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.strategy.StepLimits;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A fresh database of an engine under test, orders for it, and what they reported. */
final class ContractDatabase {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 5;
    private static final long SECONDS_MAX = 60;

    private final EngineUnderTest engines;
    private final DatabaseId id;
    private final List<Envelope> reports = new CopyOnWriteArrayList<>();
    private Duration lockTimeout = LOCK_TIMEOUT;
    private long epoch;

    private ContractDatabase(EngineUnderTest engines, DatabaseId id) {
        this.engines = engines;
        this.id = id;
    }

    /** An empty one, but for the table of counted rows. */
    static ContractDatabase fresh(EngineUnderTest engines) {
        ContractDatabase database = new ContractDatabase(engines, engines.freshDatabase());
        engines.execute(database.id, ContractPlans.SETUP);
        return database;
    }

    /** One that is there already, or is not. */
    static ContractDatabase of(EngineUnderTest engines, DatabaseId id) {
        return new ContractDatabase(engines, id);
    }

    DatabaseId id() {
        return id;
    }

    ContractDatabase lockTimeout(Duration timeout) {
        lockTimeout = timeout;
        return this;
    }

    /** An order of the next epoch. */
    OrderIssued next(OrderKind kind) {
        return next(kind, Optional.empty());
    }

    /** An order of the next epoch, with a person's word. */
    OrderIssued next(OrderKind kind, Repair repair) {
        return next(kind, Optional.of(repair));
    }

    private OrderIssued next(OrderKind kind, Optional<Repair> repair) {
        epoch++;
        return new OrderIssued(
                id,
                epoch,
                new RolloutId("r-1"),
                0,
                1,
                kind,
                new AgentId("agent-1"),
                new PlanId("0".repeat(64)),
                0,
                reports.stream().mapToLong(Envelope::sequence).max().orElse(0),
                new StepLimits(lockTimeout, Optional.empty(), Duration.ZERO, ATTEMPTS),
                List.of(),
                repair,
                Instant.EPOCH);
    }

    /** Executes the order to its end, by an engine that knows of no other. */
    ExecutionEnd execute(OrderIssued order, Plan plan) {
        return await(begin(order, plan, Permit::go));
    }

    /** Begins to execute the order, by an engine that knows of no other. */
    Future<ExecutionEnd> begin(OrderIssued order, Plan plan, Supplier<Permit> permit) {
        return begin(order, plan, permit, this::record);
    }

    /** As the other, with reports that go elsewhere. */
    Future<ExecutionEnd> begin(
            OrderIssued order, Plan plan, Supplier<Permit> permit, ReportSink sink) {
        return engines.engine(engines.port(), PATIENCE)
                .execute(Assignment.of(order, plan), permit, sink);
    }

    /**
     * Takes a report and acknowledges it. One that comes again is the same one, and counts once, as
     * in the log's fold.
     */
    Future<Void> record(Envelope report) {
        Optional<Envelope> known =
                reports.stream().filter(each -> each.id().equals(report.id())).findFirst();
        if (known.isEmpty()) {
            reports.add(report);
        } else {
            assertThat(report).isEqualTo(known.get());
        }
        return Future.succeededFuture();
    }

    /** Whether that order has last been told that somebody else holds the database's lock. */
    boolean wasLockedOut(OrderIssued order) {
        return events(DatabaseFailed.class).stream()
                .filter(each -> each.epoch() == order.epoch())
                .reduce((first, second) -> second)
                .filter(each -> each.failure().code().equals("locked"))
                .isPresent();
    }

    void forgetUncounted() {
        reports.removeIf(report -> report.sequence() == 0);
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("not done in " + SECONDS_MAX + " s", late);
        }
    }

    /** The reports that come from the ledger, in the order in which they came. */
    List<Envelope> countedReports() {
        return reports.stream().filter(report -> report.sequence() > 0).toList();
    }

    List<FleetEvent> events() {
        return reports.stream().map(Envelope::event).toList();
    }

    <E extends FleetEvent> List<E> events(Class<E> type) {
        return events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The last event of that order that the ledger holds. */
    FleetEvent lastOf(OrderIssued order) {
        List<FleetEvent> all =
                countedReports().stream()
                        .map(Envelope::event)
                        .filter(each -> ((StepEvent) each).epoch() == order.epoch())
                        .toList();
        if (all.isEmpty()) {
            throw new AssertionError("nothing was reported of order " + order + ": " + events());
        }
        return all.get(all.size() - 1);
    }

    /** How many rows the plans' migrations have added, and not taken away. */
    String counted() {
        return value(ContractPlans.COUNT);
    }

    String value(String query) {
        return engines.value(id, query).orElse("null");
    }
}
