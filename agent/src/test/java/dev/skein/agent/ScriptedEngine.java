package dev.skein.agent;

import dev.skein.engine.Engine;
import dev.skein.engine.ReportSink;
import dev.skein.engine.SchemaReader;
import dev.skein.engine.ServerQueries;
import dev.skein.engine.execution.Assignment;
import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** An engine without a database: each order has two steps, and a test says when one is done. */
final class ScriptedEngine implements Engine {
    private static final int STEPS = 2;
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<String> ended = new CopyOnWriteArrayList<>();
    private final Map<DatabaseId, Promise<Void>> running = new ConcurrentHashMap<>();
    private volatile Optional<RuntimeException> broken = Optional.empty();
    private volatile int most;

    @Override
    public Future<ExecutionEnd> execute(
            Assignment assignment, Supplier<Permit> permit, ReportSink reports) {
        OrderIssued order = assignment.order();
        begun.add(order.database().database() + "#" + order.epoch());
        if (broken.isPresent()) {
            return Future.failedFuture(broken.get());
        }
        return new One(order, permit, reports)
                .step(0)
                .onSuccess(
                        end ->
                                ended.add(
                                        "%s#%d %s"
                                                .formatted(
                                                        order.database().database(),
                                                        order.epoch(),
                                                        end)));
    }

    /** Executions begun so far, as {@code database#epoch}. */
    List<String> begun() {
        return begun;
    }

    /** Executions ended so far, as {@code database#epoch END}. */
    List<String> ended() {
        return ended;
    }

    /** The largest number of steps that ran at once. */
    int most() {
        return most;
    }

    boolean runs(DatabaseId database) {
        return running.containsKey(database);
    }

    int running() {
        return running.size();
    }

    /** The step that runs in the database is done. */
    void finishStep(DatabaseId database) {
        running.remove(database).complete();
    }

    /** Finishes each step at once from now on. */
    void finishAll() {
        running.keySet().forEach(this::finishStep);
    }

    void breakWith(RuntimeException failure) {
        broken = Optional.of(failure);
    }

    private final class One {
        private final OrderIssued order;
        private final Supplier<Permit> permit;
        private final ReportSink reports;

        One(OrderIssued order, Supplier<Permit> permit, ReportSink reports) {
            this.order = order;
            this.permit = permit;
            this.reports = reports;
        }

        Future<ExecutionEnd> step(int done) {
            Permit answer = permit.get();
            Progress progress = new Progress(done, STEPS);
            return switch (answer.kind()) {
                case GO -> done == STEPS ? report(applied(), ExecutionEnd.FINISHED) : run(done);
                case PAUSED -> report(paused(answer.pause(), progress), ExecutionEnd.PAUSED);
                case STOPPED -> report(stopped(progress), ExecutionEnd.STOPPED);
                case SUPERSEDED -> Future.succeededFuture(ExecutionEnd.SUPERSEDED);
            };
        }

        private Future<ExecutionEnd> run(int done) {
            Context context = Vertx.currentContext();
            Promise<Void> step = Promise.promise();
            Promise<Void> here = Promise.promise();
            step.future().onComplete(over -> context.runOnContext(ignored -> here.complete()));
            running.put(order.database(), step);
            most = Math.max(most, running.size());
            return here.future().compose(over -> step(done + 1));
        }

        private Future<ExecutionEnd> report(StepEvent event, ExecutionEnd end) {
            Envelope envelope = Envelope.uncounted("database:" + order.database(), event);
            return reports.report(envelope).map(end);
        }

        private StepEvent applied() {
            return new DatabaseApplied(
                    order.database(),
                    order.rollout(),
                    order.epoch(),
                    "1",
                    new Progress(STEPS, STEPS),
                    AT);
        }

        private StepEvent paused(int pause, Progress progress) {
            return new OrderPaused(
                    order.database(), order.rollout(), order.epoch(), pause, progress, AT);
        }

        private StepEvent stopped(Progress progress) {
            return new OrderStopped(order.database(), order.rollout(), order.epoch(), progress, AT);
        }
    }

    @Override
    public ServerQueries queries(String server) {
        throw new UnsupportedOperationException("databases are scripted as inventories");
    }

    @Override
    public SchemaReader schemaReader(Plan plan, Optional<String> schema) {
        throw new UnsupportedOperationException("there is no schema to read");
    }
}
