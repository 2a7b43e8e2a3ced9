package dev.skein.engine.runner;

import dev.skein.protocol.id.DatabaseId;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * The runners of one agent: programs beside it that carry out delegated steps.
 *
 * <p>Called on an execution's context. Futures may complete on any thread.
 */
public interface Runners {
    /** Of a process that has none: each run is refused. */
    Runners NONE = new NoRunners();

    /**
     * Has the framework run one migration in one direction. Nothing is started, and the run has
     * failed, where there is no such runner, or where the files of its checkout differ from those
     * that the step names.
     */
    Run start(RunRequest request);

    /**
     * Completes once no program of an earlier run in that database is alive. One that is, is ended
     * when its time limit is over.
     */
    Future<Void> earlierEnded(DatabaseId database);

    /** How long a run by that runner may take; zero where there is no such runner. */
    Duration timeLimit(String runner);
}
