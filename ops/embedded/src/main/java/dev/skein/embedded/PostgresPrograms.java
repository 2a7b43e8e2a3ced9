package dev.skein.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs PostgreSQL's programs as the right user, with all they print appended to one file. There are
 * three: {@code initdb}, {@code pg_ctl} and {@code postgres}.
 */
final class PostgresPrograms {
    private static final int LAST_LINES = 5;

    private final Path bin;
    private final ServerUser user;
    private final Path logFile;

    PostgresPrograms(Path bin, ServerUser user, Path logFile) {
        this.bin = bin;
        this.user = user;
        this.logFile = logFile;
    }

    ServerUser user() {
        return user;
    }

    Path logFile() {
        return logFile;
    }

    /** Starts a program and does not wait for it. */
    Process start(String program, List<String> arguments) {
        ProcessBuilder builder = new ProcessBuilder(user.command(bin.resolve(program), arguments));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
        builder.directory(bin.toFile());
        // Messages in English wherever it runs; a PG* variable of the caller is not meant for us.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new EmbeddedFailure(
                    "PostgreSQL's program %s could not be started: %s"
                            .formatted(program, e.getMessage()),
                    e);
        }
    }

    /** Runs a program to its end; a failure carries the last lines that it printed. */
    void run(String program, List<String> arguments) {
        long from = logSize();
        int exitCode = await(start(program, arguments));
        if (exitCode != 0) {
            throw new EmbeddedFailure(
                    "PostgreSQL's %s failed with exit code %d. %s"
                            .formatted(program, exitCode, said(from)));
        }
    }

    static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedFailure("Interrupted while PostgreSQL started or stopped.", e);
        }
    }

    long logSize() {
        try {
            return Files.exists(logFile) ? Files.size(logFile) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines printed since the log had the given size, as a sentence for the user. */
    String said(long from) {
        try {
            byte[] log = Files.readAllBytes(logFile);
            int start = (int) Math.min(from, log.length);
            List<String> lines = new String(log, start, log.length - start, UTF_8).lines().toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
            return "It said: %s (all of it is in %s)".formatted(String.join(" / ", last), logFile);
        } catch (IOException e) {
            return "Its log %s cannot be read: %s".formatted(logFile, e.getMessage());
        }
    }
}
