package dev.skein.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The directory of one embedded server, held by a lock from {@link #open} to {@link #close} so that
 * two processes never run on the same data. A temporary directory is deleted on close.
 */
final class ServerDirectory implements AutoCloseable {
    private static final String LOCK_FILE = "skein.lock";

    // A file lock belongs to the whole JVM and is lost when any channel on the file is closed, so a
    // second attempt in this JVM must be turned away before it opens the file.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final boolean temporary;
    private final FileChannel lockChannel;

    private ServerDirectory(Path path, boolean temporary, FileChannel lockChannel) {
        this.path = path;
        this.temporary = temporary;
        this.lockChannel = lockChannel;
    }

    /**
     * Creates the directory where there is none, and locks it.
     *
     * @param kept where the data stays, or empty for a temporary directory
     * @param server the server's name in messages
     */
    static ServerDirectory open(Optional<Path> kept, String server) {
        Path path = create(kept, server);
        if (!HELD.add(path)) {
            throw inUse(path, server, "this process");
        }
        try {
            return new ServerDirectory(path, kept.isEmpty(), lock(path, server));
        } catch (RuntimeException | Error e) {
            HELD.remove(path);
            throw e;
        }
    }

    private static Path create(Optional<Path> kept, String server) {
        try {
            if (kept.isEmpty()) {
                return Files.createTempDirectory("skein-" + server.toLowerCase(Locale.ROOT) + "-")
                        .toRealPath();
            }
            return Files.createDirectories(kept.get()).toRealPath();
        } catch (IOException e) {
            String where = kept.map(Path::toString).orElse("the temporary directory");
            throw unusable(where, server, e);
        }
    }

    private static FileChannel lock(Path path, String server) {
        Path lockFile = path.resolve(LOCK_FILE);
        try {
            FileChannel channel = FileChannel.open(lockFile, CREATE, READ, WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw inUse(path, server, "process " + Files.readString(lockFile).strip());
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)));
            return channel;
        } catch (IOException e) {
            throw unusable(path.toString(), server, e);
        }
    }

    private static EmbeddedFailure inUse(Path path, String server, String owner) {
        return new EmbeddedFailure(
                ("The data directory %s is in use: %s runs embedded %s on it."
                                + " Stop that one first, or choose another directory.")
                        .formatted(path, owner, server));
    }

    private static EmbeddedFailure unusable(String where, String server, IOException e) {
        String reason = e.getMessage();
        if (e instanceof AccessDeniedException) {
            reason = "permission denied on " + e.getMessage();
        } else if (e instanceof FileAlreadyExistsException) {
            reason = e.getMessage() + " is not a directory";
        }
        return new EmbeddedFailure(
                ("Embedded %s cannot keep its data in %s: %s."
                                + " Choose a directory that can be created and written.")
                        .formatted(server, where, reason),
                e);
    }

    Path path() {
        return path;
    }

    boolean temporary() {
        return temporary;
    }

    @Override
    public void close() {
        try {
            lockChannel.close();
            if (temporary) {
                delete(path);
            }
        } catch (IOException e) {
            throw new EmbeddedFailure(
                    "The directory %s could not be released: %s.".formatted(path, e.getMessage()),
                    e);
        } finally {
            HELD.remove(path);
        }
    }

    /** Deletes a tree; files that somebody else deletes meanwhile do not matter. */
    static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(root)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                delete(root);
                return;
            }
            throw e.getCause();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
