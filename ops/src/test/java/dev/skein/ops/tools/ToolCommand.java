package dev.skein.ops.tools;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A program that is run in one directory, and ends by itself or is ended. */
final class ToolCommand {
    private static final Duration MAX = Duration.ofMinutes(3);

    private final Path directory;
    private final List<String> program;
    private final Map<String, String> environment;

    /**
     * @param program the program, with what always comes before a run's own arguments
     * @param environment beside what this process has
     */
    ToolCommand(Path directory, List<String> program, Map<String, String> environment) {
        this.directory = directory;
        this.program = List.copyOf(program);
        this.environment = new TreeMap<>(environment);
    }

    /** Waits for its end; a run that takes longer than three minutes is a failure. */
    Ran run(String... arguments) {
        List<String> line = new ArrayList<>(program);
        line.addAll(List.of(arguments));
        try {
            // A file takes any amount, while a full pipe would hold the program up.
            Path said = Files.createTempFile("skein-command", ".out");
            try {
                return new Ran(exitCode(line, said.toFile()), text(said));
            } finally {
                Files.delete(said);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(line + " cannot be run", failure);
        }
    }

    private int exitCode(List<String> line, File said) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(line)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            if (process.waitFor(MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            throw new AssertionError(
                    line + " took longer than " + MAX + ":\n" + text(said.toPath()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(line + " was interrupted", interrupted);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String text(Path said) throws IOException {
        return new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
    }
}
