package dev.skein.embedded.testing;

import dev.skein.embedded.PostgresAccess;
import dev.skein.embedded.ShutdownMode;
import java.util.List;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** PostgreSQL's official image. Its first process is the server itself, which takes signals. */
final class ContainerPostgres implements TestPostgres {
    /** A parallel index build takes more than the 64 MB that an engine gives. */
    private static final long SHARED_MEMORY_BYTES = 256L << 20;

    private final RestartableContainer container;
    private final PostgresAccess access;

    private ContainerPostgres(RestartableContainer container, PostgresAccess access) {
        this.container = container;
        this.access = access;
    }

    static ContainerPostgres start(String image, int port) {
        PostgreSQLContainer container = describe(image, port);
        RestartableContainer running = RestartableContainer.start(container);
        return new ContainerPostgres(running, new PostgresAccess(running.host(), port));
    }

    /** The container before its start: the databases and settings that the embedded server has. */
    static PostgreSQLContainer describe(String image, int port) {
        PostgreSQLContainer container =
                new PostgreSQLContainer(image)
                        .withUsername(SUPERUSER)
                        .withDatabaseName(SUPERUSER)
                        // The image's script appends a rule that lets everybody in.
                        .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
                        .withEnv("POSTGRES_INITDB_ARGS", "--encoding=UTF8 --no-locale")
                        .withSharedMemorySize(SHARED_MEMORY_BYTES)
                        .withCommand(
                                "postgres",
                                "-c",
                                "max_connections=500",
                                "-c",
                                "fsync=off",
                                "-c",
                                "full_page_writes=off");
        container.setPortBindings(List.of(port + ":" + PostgreSQLContainer.POSTGRESQL_PORT));
        return container;
    }

    @Override
    public PostgresAccess access() {
        return access;
    }

    @Override
    public synchronized void start() {
        if (container.startAgain()) {
            container.run(
                    "timeout 60 sh -c 'until pg_isready --quiet --host=127.0.0.1; do sleep 0.1;"
                            + " done'");
        }
    }

    /** By the signals that {@code pg_ctl} sends (PostgreSQL manual, "Shutting Down the Server"). */
    @Override
    public synchronized void stop(ShutdownMode mode) {
        container.stop(signal(mode));
    }

    private static String signal(ShutdownMode mode) {
        return switch (mode) {
            case FAST -> "SIGINT";
            case IMMEDIATE -> "SIGQUIT";
        };
    }

    @Override
    public synchronized void close() {
        container.close();
    }
}
