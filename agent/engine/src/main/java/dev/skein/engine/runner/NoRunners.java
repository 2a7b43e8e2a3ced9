package dev.skein.engine.runner;

import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.id.DatabaseId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Refuses each run by name. */
final class NoRunners implements Runners {
    @Override
    public Run start(RunRequest request) {
        StepFailure failure =
                new StepFailure(
                        RunEnd.NO_RUNNER,
                        Optional.empty(),
                        "the agent has no runner '" + request.step().runner() + "'",
                        false,
                        List.of());
        return new Run() {
            @Override
            public Future<RunEnd> ended() {
                return Future.succeededFuture(new RunEnd(Optional.of(failure), ""));
            }

            @Override
            public Optional<String> lastLine() {
                return Optional.empty();
            }

            @Override
            public void stop() {
                // Nothing has been started.
            }
        };
    }

    @Override
    public Future<Void> earlierEnded(DatabaseId database) {
        return Future.succeededFuture();
    }

    @Override
    public Duration timeLimit(String runner) {
        return Duration.ZERO;
    }
}
