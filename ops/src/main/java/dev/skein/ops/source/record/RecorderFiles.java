package dev.skein.ops.source.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A recorder in a directory of its own, where its language can read it; deleted on close. */
public final class RecorderFiles implements AutoCloseable {
    private final Path directory;
    private final String main;

    private RecorderFiles(Path directory, String main) {
        this.directory = directory;
        this.main = main;
    }

    /**
     * Writes the recorder's files.
     *
     * @param main its program, a resource below {@code /recorder}
     * @param others files that the program reads
     * @throws IOException if they cannot be written
     */
    public static RecorderFiles unpack(String main, List<String> others) throws IOException {
        // Without links in its path: Node names its modules by their real paths.
        Path directory = Files.createTempDirectory("skein-recorder").toRealPath();
        for (String file : Stream.concat(Stream.of(main), others.stream()).toList()) {
            Path target = directory.resolve(file);
            Files.createDirectories(target.getParent());
            try (InputStream in = RecorderFiles.class.getResourceAsStream("/recorder/" + file)) {
                Files.copy(in, target);
            }
        }
        return new RecorderFiles(directory, main);
    }

    /** The recorder's program. */
    public Path main() {
        return directory.resolve(main);
    }

    /** A file beside the recorder. */
    public Path file(String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
