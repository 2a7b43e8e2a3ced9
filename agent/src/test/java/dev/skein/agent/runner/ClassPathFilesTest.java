package dev.skein.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.config.RunnerConfig;
import dev.skein.agent.config.RunnerKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathFilesTest {
    @TempDir private Path directory;

    private Optional<String> first(String name, String... classPath) throws IOException {
        RunnerConfig runner =
                new RunnerConfig(
                        "a",
                        RunnerKind.FLYWAY,
                        directory,
                        List.of("java"),
                        List.of(classPath),
                        new TreeMap<>(),
                        OptionalLong.empty(),
                        Duration.ofMinutes(1),
                        Duration.ZERO,
                        Optional.empty());
        return ClassPathFiles.first(runner, name)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private void jar(String path, String name, String text) throws IOException {
        Path jar = directory.resolve(path);
        Files.createDirectories(jar.getParent());
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void firstEntryThatHasTheNameWins() throws IOException {
        Files.createDirectories(directory.resolve("classes/db"));
        Files.writeString(directory.resolve("classes/db/A.class"), "directory");
        jar("lib/a.jar", "db/A.class", "jar");
        jar("lib/b.jar", "db/B.class", "another");

        assertThat(first("db/A.class", "classes", "lib/*")).contains("directory");
        assertThat(first("db/A.class", "lib/*", "classes")).contains("jar");
        assertThat(first("db/B.class", "absent", "lib/*")).contains("another");
        assertThat(first("db/B.class", "lib/b.jar")).contains("another");
        assertThat(first("db/C.class", "classes", "lib/*")).isEmpty();
    }
}
