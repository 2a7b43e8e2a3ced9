package dev.skein.engine.postgres;

import dev.skein.engine.ExecutionObserver;
import dev.skein.engine.execution.Action;
import dev.skein.engine.execution.Permit;
import dev.skein.engine.execution.Reply;
import dev.skein.engine.postgres.ledger.Target;
import dev.skein.engine.runner.Run;
import dev.skein.engine.runner.RunEnd;
import dev.skein.engine.runner.RunRequest;
import dev.skein.engine.runner.Runners;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.plan.DelegatedStep;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Has a runner carry out a delegated step.
 *
 * <p>The framework takes its own lock, so the execution gives it up before the run; Skein's own
 * stays, and no other execution of the target begins. Whoever reads the version table afterwards
 * takes the framework's lock again.
 */
final class DelegatedRun {
    private static final long LOOK_MILLIS = 500;

    private final Vertx vertx;
    private final OrderIssued order;
    private final Supplier<Permit> permit;
    private final InstantSource clock;
    private final Runners runners;
    private final ExecutionObserver observer;
    private final DatabaseConnector connector;

    DelegatedRun(ExecutionDriver.Parts parts, DatabaseConnector connector) {
        this.vertx = parts.vertx();
        this.order = parts.order();
        this.permit = parts.permit();
        this.clock = parts.settings().clock();
        this.runners = parts.settings().runners();
        this.observer = parts.settings().observer();
        this.connector = connector;
    }

    Future<Reply> run(Action.RunDelegated action) {
        return observer.beforeStep(connector.databaseSession().session().pid(), false)
                .compose(ready -> lendLockFor(action.step()))
                .transform(
                        lent ->
                                lent.succeeded()
                                        ? started(action)
                                        : Future.succeededFuture(failed(lent.cause())))
                .onComplete(done -> observer.afterStep());
    }

    /** A program that is not the framework's needs no lock of it, and keeps people out with it. */
    private Future<Void> lendLockFor(DelegatedStep step) {
        return step.recordsVersion() ? connector.lendLock().mapEmpty() : Future.succeededFuture();
    }

    private Future<Reply> started(Action.RunDelegated action) {
        Instant begun = clock.instant();
        RunRequest request =
                new RunRequest(
                        action.step(),
                        action.direction(),
                        order.database(),
                        Target.runName(order.database()),
                        order.limits());
        Run run = runners.start(request);
        long stop = vertx.setPeriodic(LOOK_MILLIS, look -> stopWhereAborted(run));
        return onContext(run.ended())
                .onComplete(ended -> vertx.cancelTimer(stop))
                .compose(this::withoutSessions)
                .map(end -> reply(end, Duration.between(begun, clock.instant())));
    }

    /**
     * The program of a run that failed is gone, and its sessions would go on to the end of their
     * statement: what the version table says only holds once they have ended. Never fails.
     */
    private Future<RunEnd> withoutSessions(RunEnd end) {
        return end.failure().isEmpty()
                ? Future.succeededFuture(end)
                : sessionsEnded(Duration.ZERO).map(end).otherwise(end);
    }

    private void stopWhereAborted(Run run) {
        if (permit.get().kind() == Permit.Kind.STOPPED) {
            run.stop();
        }
    }

    private static Reply reply(RunEnd end, Duration elapsed) {
        return end.failure()
                .<Reply>map(Reply.Failed::refused)
                .orElseGet(() -> new Reply.Done(elapsed, Optional.of(end.output())));
    }

    /** Completes once neither a program nor a session of an earlier run is left. */
    Future<Reply> awaitEarlier(Action.AwaitRun action) {
        Instant begun = clock.instant();
        Duration limit = runners.timeLimit(action.step().runner());
        return onContext(runners.earlierEnded(order.database()))
                .compose(ended -> sessionsEnded(limit))
                .<Reply>map(ended -> new Reply.Done(Duration.between(begun, clock.instant())))
                .otherwise(DelegatedRun::failed);
    }

    /** What runners answer on a thread of theirs. */
    private <T> Future<T> onContext(Future<T> answer) {
        Context context = vertx.getOrCreateContext();
        Promise<T> here = Promise.promise();
        answer.onComplete(done -> context.runOnContext(now -> here.handle(done)));
        return here.future();
    }

    private Future<Void> sessionsEnded(Duration limit) {
        String sessions = PgStatements.runSessions(Target.runName(order.database()), limit);
        return connector
                .databaseSession()
                .session()
                .send(PgStatements.look(sessions))
                .compose(
                        answer ->
                                answer.rows("run").isEmpty()
                                        ? Future.succeededFuture()
                                        : vertx.timer(LOOK_MILLIS)
                                                .compose(passed -> sessionsEnded(limit)));
    }

    private static Reply failed(Throwable cause) {
        return SqlFailures.of(cause).reply(List.of());
    }
}
