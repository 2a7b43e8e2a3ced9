package dev.skein.agent.runner;

import dev.skein.engine.runner.Run;
import dev.skein.engine.runner.RunEnd;
import dev.skein.protocol.event.StepFailure;
import io.vertx.core.Future;
import java.util.Optional;

/** A run that was not started. */
record RefusedRun(StepFailure failure) implements Run {
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
        // There is nothing to stop.
    }
}
