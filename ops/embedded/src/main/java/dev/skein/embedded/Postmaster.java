package dev.skein.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's main process on one data directory. Not thread-safe: {@link EmbeddedPostgres}
 * serialises.
 */
final class Postmaster {
    private static final Logger LOGGER = LoggerFactory.getLogger(Postmaster.class);
    private static final String NAME = "PostgreSQL";
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration STOP_MAX = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 20;

    private static final String PID_FILE = "postmaster.pid";

    /** Line of {@code postmaster.pid} that holds the state, counted from 0. */
    private static final int STATUS_LINE = 7;

    private final PostgresPrograms programs;
    private final Path dataDir;
    private final int port;
    private final Map<String, String> settings;
    private Optional<Process> process = Optional.empty();

    Postmaster(PostgresPrograms programs, Path dataDir, int port, Map<String, String> overrides) {
        this.programs = programs;
        this.dataDir = dataDir;
        this.port = port;
        this.settings = new TreeMap<>();
        settings.put("listen_addresses", Ports.LOOPBACK);
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "500");
        settings.putAll(overrides);
        settings.put("port", Integer.toString(port));
    }

    /** Creates the data directory where there is none; half of one is never left behind. */
    void initialise() {
        if (Files.isDirectory(dataDir)) {
            return;
        }
        Path partial = dataDir.resolveSibling("data.partial");
        List<String> arguments =
                new ArrayList<>(List.of("-D", partial.toString(), "-U", "postgres", "-A", "trust"));
        arguments.addAll(List.of("-E", "UTF8", "--no-locale"));
        if ("off".equals(settings.get("fsync"))) {
            arguments.add("--no-sync");
        }
        try {
            ServerDirectory.delete(partial);
            programs.user().createOwned(partial);
            programs.run("initdb", arguments);
            Files.move(partial, dataDir);
        } catch (IOException e) {
            throw new EmbeddedFailure(
                    "The databases of embedded PostgreSQL could not be created in %s: %s"
                            .formatted(dataDir, EmbeddedFailure.reason(e)),
                    e);
        }
    }

    /** Starts the server and returns when it takes connections. */
    void start() {
        if (process.isPresent()) {
            return;
        }
        stopLeftOver();
        Ports.requireFree(port, NAME);
        List<String> arguments = new ArrayList<>(List.of("-D", dataDir.toString()));
        settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        long logFrom = programs.logSize();
        Process started = programs.start("postgres", arguments);
        awaitReady(started, logFrom);
        process = Optional.of(started);
    }

    private void awaitReady(Process started, long logFrom) {
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (!isReady(started)) {
            if (ended(started)) {
                throw notStarted("exit code " + started.exitValue(), logFrom);
            }
            if (System.nanoTime() - deadline > 0) {
                started.destroyForcibly();
                throw notStarted("not ready after " + START_MAX.toSeconds() + " s", logFrom);
            }
        }
    }

    private boolean isReady(Process started) {
        List<String> lines = pidFile();
        return lines.size() > STATUS_LINE
                && lines.get(0).strip().equals(Long.toString(started.pid()))
                && lines.get(STATUS_LINE).strip().equals("ready");
    }

    private static boolean ended(Process started) {
        try {
            return started.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            started.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new EmbeddedFailure("Interrupted while PostgreSQL started.", e);
        }
    }

    private EmbeddedFailure notStarted(String what, long logFrom) {
        return new EmbeddedFailure(
                "Embedded PostgreSQL did not start on %s:%d with its data in %s: %s. %s"
                        .formatted(Ports.LOOPBACK, port, dataDir, what, programs.said(logFrom)));
    }

    /**
     * Stops a server whose Skein process was killed. The lock on the directory is ours, so no
     * living Skein process needs that server; adopting it would mean keeping settings and a port
     * that nobody asked for this time.
     */
    private void stopLeftOver() {
        List<String> lines = pidFile();
        if (lines.isEmpty()) {
            return;
        }
        long pid = Long.parseLong(lines.get(0).strip());
        if (isPostgres(pid)) {
            LOGGER.atWarn()
                    .addKeyValue("process", pid)
                    .log("Stopping a PostgreSQL server that a killed process left behind");
            control(ShutdownMode.FAST);
            return;
        }
        // PostgreSQL takes any living process of this id for a server, and after a restart of the
        // machine or container the id often belongs to something else.
        deletePidFile();
    }

    private static boolean isPostgres(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().command())
                .filter(program -> Path.of(program).endsWith("postgres"))
                .isPresent();
    }

    private void deletePidFile() {
        try {
            Files.deleteIfExists(dataDir.resolve(PID_FILE));
        } catch (IOException e) {
            throw new EmbeddedFailure(
                    "The stale file %s could not be deleted: %s. Delete it, then start again."
                            .formatted(dataDir.resolve(PID_FILE), EmbeddedFailure.reason(e)),
                    e);
        }
    }

    private List<String> pidFile() {
        try {
            return Files.readAllLines(dataDir.resolve(PID_FILE));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Stops the server if it runs, by force where it does not obey. */
    void stop(ShutdownMode mode) {
        if (process.isEmpty()) {
            return;
        }
        Process stopping = process.get();
        process = Optional.empty();
        try {
            control(mode);
        } catch (EmbeddedFailure e) {
            // Already dead, or deaf: the end is the same, and recovery brings back what counts.
            LOGGER.atWarn()
                    .addKeyValue("error", e.getMessage())
                    .log("PostgreSQL did not stop when told to, and is killed");
            stopping.destroyForcibly();
        }
        PostgresPrograms.await(stopping);
    }

    private void control(ShutdownMode mode) {
        List<String> arguments = new ArrayList<>(List.of("stop", "-D", dataDir.toString()));
        arguments.addAll(List.of("-m", mode.argument()));
        arguments.addAll(List.of("-w", "-t", Long.toString(STOP_MAX.toSeconds())));
        programs.run("pg_ctl", arguments);
    }
}
