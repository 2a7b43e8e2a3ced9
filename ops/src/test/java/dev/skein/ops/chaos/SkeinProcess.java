package dev.skein.ops.chaos;

import dev.skein.ops.Main;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code skein} in a JVM of its own, as it is deployed, with what it says in a file. */
final class SkeinProcess implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(120);
    private static final long STOP_SECONDS_MAX = 120;
    private static final int LINES_SHOWN = 30;

    /** Small and quick to start: two of them run beside Kafka, PostgreSQL and the test itself. */
    private static final List<String> JVM =
            List.of("-Xmx160m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

    private final String name;
    private final Process process;
    private final Path said;

    private SkeinProcess(String name, Process process, Path said) {
        this.name = name;
        this.process = process;
        this.said = said;
    }

    /**
     * Starts one and does not wait for it.
     *
     * @param said the file that its output goes to
     */
    static SkeinProcess start(String name, Path said, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        File output = said.toFile();
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output)
                            .start();
            // A failing test must not leave it behind.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new SkeinProcess(name, process, said);
        } catch (IOException failure) {
            throw new UncheckedIOException(name + " cannot be started", failure);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Fails, with the last it said, if it ended by itself. */
    void requireAlive() {
        if (!alive()) {
            throw new AssertionError(
                    name + " ended by itself with " + process.exitValue() + ":\n" + lastWords());
        }
    }

    /** Waits for a line that begins so, and returns the rest of it. */
    String awaitLine(String beginning) {
        String[] found = new String[1];
        Waiting.until(
                () -> name + " says '" + beginning + "'; it said:\n" + lastWords(),
                START_MAX,
                () -> {
                    requireAlive();
                    found[0] = lineAfter(beginning);
                    return found[0] != null;
                });
        return found[0];
    }

    private String lineAfter(String beginning) {
        return said(beginning).orElse(null);
    }

    /** The rest of the first line so far that begins so. */
    Optional<String> said(String beginning) {
        return lines().stream()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()))
                .findFirst();
    }

    /** SIGKILL: no hook runs, nothing is flushed, no connection is closed by it. */
    void kill() {
        requireAlive();
        process.destroyForcibly();
        awaitEnd();
    }

    /** Sends a signal by its name, such as {@code STOP}, and waits for nothing but its sending. */
    void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException("no signal can be sent", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /** SIGTERM, as an operator stops it; it ends by itself. */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        name + " did not end in " + STOP_SECONDS_MAX + " s:\n" + lastWords());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /** The last lines that it said. */
    String lastWords() {
        List<String> lines = lines();
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(said);
        } catch (IOException failure) {
            return List.of("(" + said + " is unreadable: " + failure + ")");
        }
    }

    /** Ends it somehow. */
    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }
}
