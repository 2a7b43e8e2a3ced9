package dev.skein.ops.rehearse;

import dev.skein.agent.runner.ProcessRunners;
import dev.skein.engine.Engine;
import dev.skein.engine.ExecutionObserver;
import dev.skein.engine.ServerAddress;
import dev.skein.engine.postgres.Connections;
import dev.skein.engine.postgres.ExecutionSettings;
import dev.skein.engine.postgres.PostgresEngine;
import dev.skein.engine.postgres.SqlFailures;
import dev.skein.ops.scratch.ScratchServer;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.settings.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;

/**
 * The engine of the agents, over the databases of one scratch server.
 *
 * <p>Threads: one at a time; blocks. Life cycle: created, any number of orders, {@link #close}.
 */
final class ScratchEngine implements AutoCloseable {
    static final String SERVER = "scratch";

    /** A scratch server that does not answer is told of soon: a person waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final double NO_JITTER = 1;

    private final Vertx vertx = Vertx.vertx();
    private final Connections connections;
    private final ProcessRunners runners;
    private final Path runs = temporary("skein-rehearsal-" + UUID.randomUUID());

    /** A program that runs is no part of the terminal's job, and would go on without it. */
    private final Thread hook = new Thread(this::endRuns, "end-runs");

    ScratchEngine(ScratchServer server, RehearsalHost host) {
        ServerAddress address =
                new ServerAddress(
                        SERVER,
                        server.host(),
                        server.port(),
                        server.user(),
                        () -> server.password().map(Secret::reveal),
                        server.tls(),
                        server.caFile());
        this.connections = new Connections(vertx, name -> Optional.of(address));
        this.runners =
                host.runners().over(vertx, runs, server, host.samples(), SqlFailures::isPassing);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static Path temporary(String name) {
        return Path.of(Optional.ofNullable(System.getenv("TMPDIR")).orElse("/tmp"), name);
    }

    private void endRuns() {
        await(runners.close());
        try {
            Files.deleteIfExists(runs);
        } catch (IOException kept) {
            // Nobody comes after this process: what stays there is read by none.
        }
    }

    /** The id under which the engine knows that scratch database. */
    static DatabaseId idOf(String database) {
        return DatabaseId.of(SERVER, database);
    }

    /** The engine, with somebody who looks at each execution. */
    Engine observedBy(ExecutionObserver observer) {
        return new PostgresEngine(
                vertx,
                connections,
                new ExecutionSettings(InstantSource.system(), () -> NO_JITTER, PATIENCE, observer)
                        .runningWith(runners));
    }

    /** Runs what blocks away from the engine's own thread. */
    Future<Void> blocking(Callable<Void> work) {
        return vertx.executeBlocking(work);
    }

    /** Waits for the answer. */
    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new RehearsalFailure(failed.getCause().getMessage(), failed.getCause());
        }
    }

    @Override
    public void close() {
        endRuns();
        forgetHook();
        await(vertx.close());
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // It is at work.
        }
    }
}
