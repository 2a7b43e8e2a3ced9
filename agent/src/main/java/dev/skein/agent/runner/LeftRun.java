package dev.skein.agent.runner;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;

/** A run that outlived its agent. */
final class LeftRun {
    private LeftRun() {}

    /** Completes when it has ended, by itself or because its time limit is over. */
    static Future<Void> ended(Vertx vertx, RunRecords.Left left, RunRecords records) {
        long rest = Math.max(1, Duration.between(Instant.now(), left.until()).toMillis());
        long limit =
                vertx.setTimer(
                        rest,
                        over ->
                                vertx.executeBlocking(
                                        () -> {
                                            ProcessGroup.kill(left.process());
                                            return null;
                                        }));
        return Future.fromCompletionStage(left.process().onExit(), vertx.getOrCreateContext())
                .onComplete(done -> vertx.cancelTimer(limit))
                .compose(
                        done ->
                                vertx.executeBlocking(
                                        () -> {
                                            ProcessGroup.kill(left.process());
                                            records.remove(left.database());
                                            return null;
                                        }));
    }
}
