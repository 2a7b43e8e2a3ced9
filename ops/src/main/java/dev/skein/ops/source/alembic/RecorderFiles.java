package dev.skein.ops.source.alembic;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The recorder in a directory of its own, where Python can read it; deleted on {@link #close}. */
final class RecorderFiles implements AutoCloseable {
    private static final String MAIN = "alembic_recorder.py";
    private static final List<String> FILES =
            List.of(
                    MAIN,
                    "alembic/skein_drivers.py",
                    "alembic/skein_literals.py",
                    "alembic/skein_tape.py");

    private final Path directory;

    private RecorderFiles(Path directory) {
        this.directory = directory;
    }

    static RecorderFiles unpack() throws IOException {
        Path directory = Files.createTempDirectory("skein-alembic").toRealPath();
        for (String file : FILES) {
            Path target = directory.resolve(file);
            Files.createDirectories(target.getParent());
            try (InputStream in = RecorderFiles.class.getResourceAsStream("/recorder/" + file)) {
                Files.copy(in, target);
            }
        }
        return new RecorderFiles(directory);
    }

    Path main() {
        return directory.resolve(MAIN);
    }

    /** A file beside the recorder. */
    Path file(String name) {
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
