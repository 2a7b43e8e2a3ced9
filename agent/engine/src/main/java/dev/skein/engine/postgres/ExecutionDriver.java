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
 * One order under way: asks {@link OrderExecution} what to do, does it. Confined to its context.
 */
final class ExecutionDriver {
    private static final Logger LOGGER = LoggerFactory.getLogger(ExecutionDriver.class);

    private final OrderIssued order;
    private final ExecutionSettings tools;
    private final OrderExecution execution;
    private final DatabaseConnector landing;
    private final BlockerWatch watch;
    private final Outbox outbox;
    private final ActionExecutor deeds;
    private final Promise<ExecutionEnd> ended = Promise.promise();

    /** What a walk is made of. */
    record Parts(
            Vertx vertx,
            Connections connections,
            ExecutionSettings tools,
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
        this.tools = parts.tools();
        this.execution = new OrderExecution(parts.assignment(), parts.tools().patience());
        this.landing = new DatabaseConnector(parts.connections(), order, parts.assignment().plan());
        this.watch = new BlockerWatch(parts.vertx(), parts.connections(), order);
        this.outbox = outbox;
        StepExecutor steps = new StepExecutor(order, landing, watch, tools.observer());
        this.deeds = new ActionExecutor(parts, landing, outbox, steps);
    }

    /** Walks to the end; see {@link dev.skein.engine.Engine#execute}. */
    Future<ExecutionEnd> run() {
        LOGGER.atInfo()
                .addKeyValue("rollout", order.rollout())
                .addKeyValue("database", order.database())
                .log("Order taken up");
        next(() -> execution.begin(tools.now()));
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
                    .compose(nothing -> action.accept(deeds))
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
                landing.leave();
            }
        }
        next(() -> execution.after(reply, tools.now()));
    }

    private void broken(Throwable cause) {
        close().onComplete(closed -> ended.tryFail(cause));
    }

    private Future<ExecutionEnd> leave(Action.Leave leave) {
        return outbox.empty()
                .compose(nothing -> acknowledge(leave.end()))
                .eventually(landing::release)
                .eventually(this::close)
                .compose(nothing -> lastWord(leave))
                .map(nothing -> leave.end())
                .onSuccess(this::logEnd);
    }

    private Future<Void> acknowledge(ExecutionEnd end) {
        boolean nothingToSay = end == ExecutionEnd.SUPERSEDED || outbox.acknowledged() == 0;
        if (nothingToSay || landing.session().isEmpty()) {
            return Future.succeededFuture();
        }
        // Where this fails the next walk sends the same reports again, and the fold drops them.
        return landing.site()
                .session()
                .send(landing.site().messages().acknowledged(outbox.acknowledged()))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private Future<Void> close() {
        Future<Void> session =
                landing.session().map(PgSession::close).orElse(Future.succeededFuture());
        return Future.join(session, watch.close()).mapEmpty();
    }

    private Future<Void> lastWord(Action.Leave leave) {
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
