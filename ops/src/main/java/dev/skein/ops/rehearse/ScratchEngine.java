package dev.skein.ops.rehearse;

import dev.skein.engine.Engine;
import dev.skein.engine.ExecutionObserver;
import dev.skein.engine.ServerAddress;
import dev.skein.engine.postgres.Connections;
import dev.skein.engine.postgres.ExecutionSettings;
import dev.skein.engine.postgres.PostgresEngine;
import dev.skein.ops.scratch.ScratchServer;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.settings.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;

/**
 * The engine of the agents, over the databases of one scratch server.
 *
 * <p>Threads: one at a time; blocks. Life cycle: created, any number of orders, {@link #close}.
 */
final class ScratchEngine implements AutoCloseable {
    private static final String SERVER = "scratch";

    /** A scratch server that does not answer is told of soon: a person waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final double NO_JITTER = 1;

    private final Vertx vertx = Vertx.vertx();
    private final Connections connections;

    ScratchEngine(ScratchServer server) {
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
                new ExecutionSettings(InstantSource.system(), () -> NO_JITTER, PATIENCE, observer));
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
        await(vertx.close());
    }
}
