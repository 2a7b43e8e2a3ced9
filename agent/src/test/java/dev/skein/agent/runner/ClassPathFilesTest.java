package dev.skein.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.agent.config.RunnerConfig;
import dev.skein.agent.config.RunnerKind;
import dev.skein.agent.config.ServerConfig;
import dev.skein.engine.ServerUri;
import dev.skein.engine.runner.RunRequest;
import dev.skein.protocol.Sha256;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.strategy.StepLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathFilesTest {
    @TempDir private Path directory;

    private RunnerConfig runner(String... classPath) {
        return new RunnerConfig(
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
    }

    private Optional<String> first(String name, String... classPath) throws IOException {
        return ClassPathFiles.first(runner(classPath), name)
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

    @Test
    void migrationIsAnArgumentOfOurProgramOnTheTeamsClassPath() throws IOException {
        // given
        jar("lib/a.jar", "db/V2__x.class", "x");
        SortedMap<String, String> files = new TreeMap<>();
        files.put("db/V2__x.class", Sha256.hex("x".getBytes(StandardCharsets.UTF_8)));
        DelegatedStep step =
                new DelegatedStep(
                        "a", "db.V2__x", Optional.empty(), true, Atomicity.ATOMIC, files, "Java");
        RunnerConfig runner = runner("classes", "lib/*");
        // then
        List<String> command = RunCommand.of(runner, request(step, Direction.UP), values(step));
        assertThat(command.subList(command.size() - 3, command.size()))
                .containsExactly("dev.skein.flyway.FlywayRun", "up", "db.V2__x");
        assertThat(command.get(command.size() - 4)).startsWith("classes:lib/*:");
        assertThatThrownBy(() -> RunCommand.of(runner, request(step, Direction.DOWN), values(step)))
                .hasMessageContaining("Flyway's open edition takes no migration back");
        assertThat(ProjectFiles.differing(runner, step)).isEmpty();
        // when
        jar("lib/a.jar", "db/V2__x.class", "y");
        // then
        assertThat(ProjectFiles.differing(runner, step).orElseThrow().code())
                .isEqualTo("runner-differs");
    }

    private static RunRequest request(DelegatedStep step, Direction direction) {
        return new RunRequest(
                step,
                direction,
                DatabaseId.of("pg-1", "shop", "t 1"),
                "skein-run/1",
                StepLimits.defaults());
    }

    private static RunValues values(DelegatedStep step) {
        ServerConfig server =
                new ServerConfig(
                        "pg-1",
                        ServerUri.parse("postgresql://ann@db.example:5433/postgres"),
                        Optional.empty(),
                        1,
                        new TreeMap<>(),
                        List.of());
        return new RunValues(server, request(step, Direction.UP));
    }
}
