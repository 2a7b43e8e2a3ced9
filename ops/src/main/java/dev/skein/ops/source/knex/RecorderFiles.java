package dev.skein.ops.source.knex;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The recorder in a directory of its own, where Node can read it; deleted on {@link #close}. */
final class RecorderFiles implements AutoCloseable {
    private static final String MAIN = "knex_recorder.mjs";
    private static final List<String> FILES =
            List.of(
                    MAIN,
                    "knex/answers.mjs",
                    "knex/driver.mjs",
                    "knex/project.mjs",
                    "knex/runs.mjs",
                    "knex/scratch.mjs",
                    "knex/surroundings.mjs",
                    "knex/text.mjs",
                    "knex/troubles.mjs");

    private final Path directory;

    private RecorderFiles(Path directory) {
        this.directory = directory;
    }

    static RecorderFiles unpack() throws IOException {
        // Without links in its path: Node names its modules by their real paths.
        Path directory = Files.createTempDirectory("skein-knex").toRealPath();
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
