package dev.skein.ops.source.record;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of a recorder program.
 *
 * <p>Threads: the caller's, which waits for the program's end and is given its lines meanwhile. A
 * thread that is interrupted ends the program.
 */
public final class RecorderProcess {
    private static final long LOOK_MILLIS = 50;
    private static final int SAID_MAX = 2000;

    private final RecorderProgram program;
    private final Consumer<String> lines;
    private long read;
    private long lastRead = System.nanoTime();

    private RecorderProcess(RecorderProgram program, Consumer<String> lines) {
        this.program = program;
        this.lines = lines;
    }

    /**
     * Runs the program to its end.
     *
     * @param lines takes every line of its output file, as soon as it is there
     * @throws IOException if it cannot be started, or its output cannot be read
     */
    public static RecorderResult run(RecorderProgram program, Consumer<String> lines)
            throws IOException {
        return new RecorderProcess(program, lines).run();
    }

    private RecorderResult run() throws IOException {
        // A file takes any amount, while a full pipe would hold the program up.
        Path said = Files.createTempFile("skein-recorder", ".out");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(program.command())
                            .directory(program.directory().toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile());
            builder.environment().putAll(program.environment());
            Process process = builder.start();
            process.getOutputStream().close();
            boolean silent = !awaitEnd(process);
            readOn();
            return new RecorderResult(process.exitValue(), silent, end(said));
        } finally {
            Files.deleteIfExists(said);
        }
    }

    /** Whether it ended by itself. */
    private boolean awaitEnd(Process process) throws IOException {
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                readOn();
                if (System.nanoTime() - lastRead > program.silenceMax().toNanos()) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", interrupted));
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().onExit().join();
            }
        }
    }

    private void readOn() throws IOException {
        if (!Files.exists(program.output()) || Files.size(program.output()) == read) {
            return;
        }
        lastRead = System.nanoTime();
        byte[] bytes;
        try (RandomAccessFile file = new RandomAccessFile(program.output().toFile(), "r")) {
            file.seek(read);
            bytes = new byte[(int) (file.length() - read)];
            file.readFully(bytes);
        }
        // A character's bytes may not all be there yet: only whole lines are decoded.
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        read += end;
        new String(bytes, 0, end, StandardCharsets.UTF_8).lines().forEach(lines);
    }

    private static String end(Path said) throws IOException {
        String text = new String(Files.readAllBytes(said), StandardCharsets.UTF_8).strip();
        return text.length() <= SAID_MAX ? text : "…" + text.substring(text.length() - SAID_MAX);
    }
}
