package dev.skein.engine.postgres;

import dev.skein.engine.execution.Action;
import dev.skein.engine.execution.Assignment;
import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.OrderExecution;
import dev.skein.engine.execution.Permit;
import dev.skein.engine.execution.Reply;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one order: asks {@link OrderExecution} for the next action and executes it. Confined to
 * its context.
 */
final class ExecutionDriver {
    private static final Logger LOGGER = LoggerFactory.getLogger(ExecutionDriver.class);

    private final OrderIssued order;
    private final ExecutionSettings settings;
    private final OrderExecution execution;
    private final DatabaseConnector connector;
    private final BlockerWatch watch;
    private final Outbox outbox;
    private final ActionExecutor executor;
    private final Promise<ExecutionEnd> ended = Promise.promise();

    /** The parts of an execution. */
    record Parts(
            Vertx vertx,
            Connections connections,
            ExecutionSettings settings,
            Assignment assignment,
            Supplier<Permit> permit) {
        OrderIssued order() {
            return assignment.order();
        }

        Plan plan() {
            return assignment.plan();
        }
    }

    ExecutionDriver(Parts parts, Outbox outbox) {
        this.order = parts.assignment().order();
        this.settings = parts.settings();
        this.execution = new OrderExecution(parts.assignment(), parts.settings().patience());
        this.connector =
                new DatabaseConnector(parts.connections(), order, parts.assignment().plan());
        this.watch = new BlockerWatch(parts.vertx(), parts.connections(), order);
        this.outbox = outbox;
        StepExecutor steps = new StepExecutor(order, connector, watch, settings);
        this.executor = new ActionExecutor(parts, connector, outbox, steps);
    }

    /** Runs to the end; see {@link dev.skein.engine.Engine#execute}. */
    Future<ExecutionEnd> run() {
        LOGGER.atInfo()
                .addKeyValue("rollout", order.rollout())
                .addKeyValue("database", order.database())
                .log("Order taken up");
        next(() -> execution.begin(settings.now()));
        return ended.future();
    }

    private void next(Supplier<Action> decision) {
        try {
            Action action = decision.get();
            if (action instanceof Action.Leave leave) {
                leave(leave).onComplete(ended);
                return;
            }
            outbox.room()
                    .compose(nothing -> action.accept(executor))
                    .onSuccess(this::replied)
                    .onFailure(this::broken);
        } catch (RuntimeException fault) {
            broken(fault);
        }
    }

    private void replied(Reply reply) {
        if (reply instanceof Reply.Failed failed) {
            LOGGER.atWarn()
                    .addKeyValue("rollout", order.rollout())
                    .addKeyValue("database", order.database())
                    .addKeyValue("sqlState", failed.failure().sqlState().orElse(""))
                    .addKeyValue("error", failed.failure().message())
                    .log("Attempt failed");
            if (failed.nature() == Reply.Failed.Nature.LOST) {
                connector.disconnect();
            }
        }
        next(() -> execution.after(reply, settings.now()));
    }

    private void broken(Throwable cause) {
        close().onComplete(closed -> ended.tryFail(cause));
    }

    private Future<ExecutionEnd> leave(Action.Leave leave) {
        return outbox.empty()
                .compose(nothing -> acknowledge(leave.end()))
                .eventually(connector::release)
                .eventually(this::close)
                .compose(nothing -> lastReport(leave))
                .map(nothing -> leave.end())
                .onSuccess(this::logEnd);
    }

    private Future<Void> acknowledge(ExecutionEnd end) {
        boolean nothingToSay = end == ExecutionEnd.SUPERSEDED || outbox.acknowledged() == 0;
        if (nothingToSay || connector.session().isEmpty()) {
            return Future.succeededFuture();
        }
        // Where this fails the next execution sends the same reports again, and the fold drops
        // them.
        return connector
                .databaseSession()
                .session()
                .send(connector.databaseSession().messages().acknowledged(outbox.acknowledged()))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private Future<Void> close() {
        Future<Void> session =
                connector.session().map(PgSession::close).orElse(Future.succeededFuture());
        return Future.join(session, watch.close()).mapEmpty();
    }

    private Future<Void> lastReport(Action.Leave leave) {
        leave.saying().ifPresent(outbox::say);
        return outbox.empty();
    }

    private void logEnd(ExecutionEnd end) {
        LOGGER.atInfo()
                .addKeyValue("rollout", order.rollout())
                .addKeyValue("database", order.database())
                .addKeyValue("event", end)
                .log("Order put down");
    }
}
