package dev.skein.agent.runner;

import dev.skein.protocol.Sha256;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the runs of an agent, for the agent that comes after it: a file for each
 * database in which one is at work, in the machine's directory for temporary files.
 */
final class RunRecords {
    private static final int FIELDS = 3;

    private final Path directory;

    RunRecords(AgentId agent) {
        this.directory = Path.of(temporary(), "skein-runs-" + agent);
    }

    private static String temporary() {
        return Optional.ofNullable(System.getenv("TMPDIR")).orElse("/tmp");
    }

    /**
     * A run that an earlier agent left.
     *
     * @param until when its time limit is over
     */
    record Left(DatabaseId database, ProcessHandle process, Instant until) {}

    Path directory() {
        return directory;
    }

    /** Makes the directory, which nobody else may read. */
    void prepare() throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
    }

    void write(DatabaseId database, ProcessHandle process, Instant until) throws IOException {
        Path file = file(database);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, process.pid() + "\n" + begin(process) + "\n" + until + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    void remove(DatabaseId database) throws IOException {
        Files.deleteIfExists(file(database));
    }

    /** The run that is still at work there; a process that began at another time is none. */
    Optional<Left> find(DatabaseId database) throws IOException {
        try {
            List<String> fields = Files.readAllLines(file(database));
            if (fields.size() < FIELDS) {
                return Optional.empty();
            }
            Instant until = Instant.parse(fields.get(2));
            return ProcessHandle.of(Long.parseLong(fields.get(0)))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> begin(process).equals(fields.get(1)))
                    .map(process -> new Left(database, process, until));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private static String begin(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }

    private Path file(DatabaseId database) {
        byte[] name = database.toString().getBytes(StandardCharsets.UTF_8);
        return directory.resolve(Sha256.hex(name));
    }
}
