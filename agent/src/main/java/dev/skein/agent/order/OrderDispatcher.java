package dev.skein.agent.order;

import dev.skein.engine.execution.Assignment;
import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.log.LogUnavailable;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.plan.Plan;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Carries out what the {@link OrderScheduler} decides: begins executions, confirms pauses and
 * stops.
 *
 * <p>Confined to one context. An execution that fails is a fault: whatever can go wrong in a
 * database is reported by the execution and is no failure of it.
 */
public final class OrderDispatcher {
    /** The wait before a plan that could not be read is asked for again. */
    private static final long PLAN_RETRY_MILLIS = 1000;

    private static final Logger LOGGER = LoggerFactory.getLogger(OrderDispatcher.class);

    private final Vertx vertx;
    private final OrderScheduler scheduler;
    private final OrderPorts ports;
    private final FaultHandler faults;
    private final OrderMetrics metrics;
    private final Carrier carrier = new Carrier();
    private final Promise<Void> idle = Promise.promise();
    private boolean closed;

    /**
     * @param scheduler owned by the dispatcher from now on
     */
    public OrderDispatcher(
            Vertx vertx,
            OrderScheduler scheduler,
            OrderPorts ports,
            MeterRegistry registry,
            FaultHandler faults) {
        this.vertx = vertx;
        this.scheduler = scheduler;
        this.ports = ports;
        this.faults = faults;
        this.metrics = new OrderMetrics(registry, scheduler);
    }

    /** Passes on what was decided about a rollout; see {@link OrderScheduler#rollout}. */
    public void rollout(Position at, long sequence, RolloutEvent event) {
        ports.check().rollout(at, event);
        carryOut(scheduler.rollout(sequence, event));
    }

    /** Passes on that a decision was passed over; see {@link OrderScheduler#skipped}. */
    void skipped(String key) {
        scheduler.skipped(key);
    }

    /** Passes on an order; see {@link OrderScheduler#order}. */
    public void order(OrderIssued order, boolean live) {
        carryOut(scheduler.order(order, live));
    }

    /** The databases that the log is about to be told of: {@link OrderScheduler#announced}. */
    public void announced(Set<DatabaseId> found) {
        scheduler.announced(found);
    }

    /** Passes on which databases are there; see {@link OrderScheduler#databases}. */
    public void databases(Set<DatabaseId> found, Set<String> complete) {
        carryOut(scheduler.databases(found, complete));
    }

    /** Everything written before the start is known: work begins. */
    public void open() {
        carryOut(scheduler.open());
    }

    /** Begins nothing any more; completes when the executions under way have ended at a step. */
    public Future<Void> close() {
        closed = true;
        scheduler.close();
        completeWhenIdle();
        return idle.future();
    }

    /** Orders being carried out. */
    public int inFlight() {
        return scheduler.inFlight();
    }

    /** Orders that wait for a free slot of their server. */
    public int waiting() {
        return scheduler.waiting();
    }

    private void carryOut(List<OrderAction> actions) {
        actions.forEach(action -> action.accept(carrier));
    }

    private void begin(OrderIssued order) {
        ports.check()
                .verify(order)
                .compose(verified -> ports.plans().planOf(order))
                .compose(plan -> assignment(order, plan))
                .onSuccess(this::execute)
                .onFailure(failure -> noPlan(order, failure));
    }

    private Future<Assignment> assignment(OrderIssued order, Plan plan) {
        return ports.plans()
                .earlierPlansOf(order)
                .map(
                        earlier ->
                                new Assignment(
                                        order,
                                        plan,
                                        earlier,
                                        ports.labels().apply(order.database()),
                                        ports.targets().get()));
    }

    private void execute(Assignment assignment) {
        OrderIssued order = assignment.order();
        if (scheduler.permit(order).kind() == Permit.Kind.SUPERSEDED) {
            giveBack(order);
            return;
        }
        log(LOGGER.atInfo(), order).addKeyValue("event", order.kind().label()).log("Order begins");
        ProgressReporter progress =
                new ProgressReporter(ports.reporter(), metrics, ports.clock().instant());
        ports.engines()
                .get(order.database().server())
                .execute(assignment, () -> scheduler.permit(order), progress)
                .onSuccess(end -> ended(order, end, progress))
                .onFailure(failure -> broken(order, failure));
    }

    private void ended(OrderIssued order, ExecutionEnd end, ProgressReporter progress) {
        metrics.ended(end);
        log(LOGGER.atDebug(), order)
                .addKeyValue("event", OrderMetrics.label(end))
                .log("Order frees its slot");
        if (progress.recorded()) {
            scheduler.recorded(order);
        }
        carryOut(scheduler.ended(order, end, progress.pause()));
        completeWhenIdle();
    }

    private void broken(OrderIssued order, Throwable failure) {
        if (!closed) {
            faults.fault("order " + order.epoch() + " of " + order.database(), failure);
        }
        giveBack(order);
    }

    private void noPlan(OrderIssued order, Throwable failure) {
        if (failure instanceof OrderRefused refused) {
            refuse(order, refused);
            return;
        }
        if (!(failure instanceof LogUnavailable)) {
            broken(order, failure);
            return;
        }
        log(LOGGER.atWarn(), order)
                .addKeyValue("error", failure.getMessage())
                .log("The order's plan cannot be read; it is asked for again in 1 s");
        vertx.setTimer(PLAN_RETRY_MILLIS, timer -> beginAgain(order));
    }

    /** The order is answered, and this agent goes on with the others. */
    private void refuse(OrderIssued order, OrderRefused refused) {
        log(LOGGER.atError(), order)
                .addKeyValue("error", refused.getMessage())
                .log("The order is not what its rollout says; it is not run");
        report(
                new DatabaseFailed(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        order.kind(),
                        Optional.empty(),
                        new StepFailure(
                                refused.code(),
                                Optional.empty(),
                                refused.getMessage(),
                                false,
                                List.of()),
                        new Progress(0, 0),
                        ports.clock().instant()));
        metrics.ended(ExecutionEnd.UNRECORDED);
        carryOut(scheduler.ended(order, ExecutionEnd.UNRECORDED, Optional.empty()));
        completeWhenIdle();
    }

    /** An order that is paused or void by now frees its slot for another one. */
    private void beginAgain(OrderIssued order) {
        if (scheduler.permit(order).kind() == Permit.Kind.GO) {
            begin(order);
        } else {
            giveBack(order);
        }
    }

    private void giveBack(OrderIssued order) {
        carryOut(scheduler.notBegun(order));
        completeWhenIdle();
    }

    private void completeWhenIdle() {
        if (closed && scheduler.inFlight() == 0) {
            idle.tryComplete();
        }
    }

    private void report(StepEvent event) {
        ports.reporter().progress(Envelope.uncounted("database:" + event.database(), event));
    }

    private static LoggingEventBuilder log(LoggingEventBuilder event, OrderIssued order) {
        return event.addKeyValue("rollout", order.rollout())
                .addKeyValue("database", order.database());
    }

    private final class Carrier implements OrderAction.Visitor<Void> {
        @Override
        public Void on(OrderAction.Execute action) {
            begin(action.order());
            return null;
        }

        @Override
        public Void on(OrderAction.ConfirmPause action) {
            OrderIssued order = action.order();
            report(
                    new OrderPaused(
                            order.database(),
                            order.rollout(),
                            order.epoch(),
                            action.pause(),
                            action.progress(),
                            ports.clock().instant()));
            log(LOGGER.atInfo(), order).log("Order waits for its rollout to be resumed");
            return null;
        }

        @Override
        public Void on(OrderAction.ConfirmStop action) {
            OrderIssued order = action.order();
            report(
                    new OrderStopped(
                            order.database(),
                            order.rollout(),
                            order.epoch(),
                            action.progress(),
                            ports.clock().instant()));
            log(LOGGER.atInfo(), order).log("Order is void and was not begun");
            return null;
        }

        @Override
        public Void on(OrderAction.ReportAbsent action) {
            OrderIssued order = action.order();
            report(AbsentDatabase.failed(order, ports.clock().instant()));
            log(LOGGER.atWarn(), order).log("Order fails: its database is not there");
            return null;
        }
    }
}
