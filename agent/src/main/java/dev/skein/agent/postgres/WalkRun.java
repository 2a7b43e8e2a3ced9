package dev.skein.agent.postgres;

import dev.skein.agent.step.Action;
import dev.skein.agent.step.Assignment;
import dev.skein.agent.step.Permit;
import dev.skein.agent.step.Reply;
import dev.skein.agent.step.Walk;
import dev.skein.agent.step.WalkEnd;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One walk under way: asks {@link Walk} what to do, does it, reports. Confined to its context. */
final class WalkRun {
    private static final Logger LOGGER = LoggerFactory.getLogger(WalkRun.class);

    private final OrderIssued order;
    private final Tools tools;
    private final Walk walk;
    private final Landing landing;
    private final BlockerWatch watch;
    private final Outbox outbox;
    private final Deeds deeds;
    private final Promise<WalkEnd> ended = Promise.promise();

    /** What a walk is made of. */
    record Parts(
            Vertx vertx,
            Connections connections,
            Tools tools,
            Assignment assignment,
            Supplier<Permit> permit) {
        OrderIssued order() {
            return assignment.order();
        }

        Plan plan() {
            return assignment.plan();
        }
    }

    WalkRun(Parts parts, Outbox outbox) {
        this.order = parts.assignment().order();
        this.tools = parts.tools();
        this.walk = new Walk(parts.assignment(), parts.tools().patience());
        this.landing = new Landing(parts.connections(), order, parts.assignment().plan());
        this.watch = new BlockerWatch(parts.vertx(), parts.connections(), order);
        this.outbox = outbox;
        StepDeeds steps = new StepDeeds(order, landing, watch);
        this.deeds = new Deeds(parts, landing, outbox, steps);
    }

    /** Walks to the end; see {@link dev.skein.agent.walk.Walker#walk}. */
    Future<WalkEnd> run() {
        LOGGER.atInfo()
                .addKeyValue("rollout", order.rollout())
                .addKeyValue("database", order.database())
                .log("Order taken up");
        next(() -> walk.begin(tools.now()));
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
        next(() -> walk.after(reply, tools.now()));
    }

    private void broken(Throwable cause) {
        close().onComplete(closed -> ended.tryFail(cause));
    }

    private Future<WalkEnd> leave(Action.Leave leave) {
        return outbox.empty()
                .compose(nothing -> acknowledge(leave.end()))
                .eventually(landing::release)
                .eventually(this::close)
                .compose(nothing -> lastWord(leave))
                .map(nothing -> leave.end())
                .onSuccess(this::logEnd);
    }

    private Future<Void> acknowledge(WalkEnd end) {
        boolean nothingToSay = end == WalkEnd.SUPERSEDED || outbox.acknowledged() == 0;
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
                landing.session().map(Session::close).orElse(Future.succeededFuture());
        return Future.join(session, watch.close()).mapEmpty();
    }

    private Future<Void> lastWord(Action.Leave leave) {
        leave.saying().ifPresent(outbox::say);
        return outbox.empty();
    }

    private void logEnd(WalkEnd end) {
        LOGGER.atInfo()
                .addKeyValue("rollout", order.rollout())
                .addKeyValue("database", order.database())
                .addKeyValue("event", end)
                .log("Order put down");
    }
}
