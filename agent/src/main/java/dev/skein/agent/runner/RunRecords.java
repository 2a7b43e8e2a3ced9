package dev.skein.agent.runner;

import dev.skein.protocol.Sha256;
import dev.skein.protocol.id.DatabaseId;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of the runs of an agent, for the agent that comes after it: a file for each
 * database in which one is at work.
 */
final class RunRecords {
    private static final Logger LOGGER = LoggerFactory.getLogger(RunRecords.class);
    private static final int FIELDS = 3;

    private final RunsDirectory directory;

    RunRecords(Path directory) {
        this.directory = new RunsDirectory(directory);
    }

    /**
     * A run that an earlier agent left.
     *
     * @param until when its time limit is over
     */
    record Left(DatabaseId database, ProcessHandle process, Instant until) {}

    /**
     * Makes the directory, which nobody else may read.
     *
     * @throws IllegalArgumentException if the one that is there is not this agent's alone
     */
    void prepare() throws IOException {
        directory.prepare();
    }

    void write(DatabaseId database, ProcessHandle process, Instant until) throws IOException {
        Path file = file(database);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, process.pid() + "\n" + begin(process) + "\n" + until + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A record that stays does no harm: its process is not found any more. */
    void remove(DatabaseId database) {
        try {
            Files.deleteIfExists(file(database));
        } catch (IOException kept) {
            LOGGER.atWarn()
                    .addKeyValue("database", database)
                    .addKeyValue("error", kept.toString())
                    .log("The record of a run that has ended cannot be removed");
        }
    }

    /**
     * The run that is still at work there; a process that began at another time is none, and a
     * record that cannot be understood names none.
     *
     * @throws IllegalArgumentException if the directory is not this agent's alone
     */
    Optional<Left> find(DatabaseId database) throws IOException {
        if (!directory.isThere()) {
            return Optional.empty();
        }
        directory.requireOwn();
        try {
            return left(database, Files.readAllLines(file(database)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (CharacterCodingException other) {
            return unreadable(database);
        }
    }

    private Optional<Left> left(DatabaseId database, List<String> fields) {
        if (fields.size() < FIELDS) {
            return unreadable(database);
        }
        try {
            long process = Long.parseLong(fields.get(0));
            Instant until = Instant.parse(fields.get(2));
            return ProcessHandle.of(process)
                    .filter(ProcessHandle::isAlive)
                    .filter(each -> begin(each).equals(fields.get(1)))
                    .map(each -> new Left(database, each, until));
        } catch (NumberFormatException | DateTimeException other) {
            return unreadable(database);
        }
    }

    private Optional<Left> unreadable(DatabaseId database) {
        LOGGER.atWarn()
                .addKeyValue("database", database)
                .addKeyValue("file", file(database))
                .log("The record of an earlier run cannot be read; only its session is waited for");
        return Optional.empty();
    }

    private static String begin(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }

    private Path file(DatabaseId database) {
        byte[] name = database.toString().getBytes(StandardCharsets.UTF_8);
        return directory.path().resolve(Sha256.hex(name));
    }
}
