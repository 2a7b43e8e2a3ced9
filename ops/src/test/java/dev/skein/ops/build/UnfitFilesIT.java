package dev.skein.ops.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.source.PlanRefusals;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.SizeLimits;
import dev.skein.protocol.plan.Framework;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What lies where a script is expected and cannot be one: named when the plan is built. */
@Timeout(60)
class UnfitFilesIT {
    private static final Map<Framework, String> SCRIPTS =
            Map.of(
                    Framework.SQL, "1_a.up.sql",
                    Framework.FLYWAY, "V1__a.sql",
                    Framework.PRISMA, "1_a/migration.sql",
                    Framework.KNEX, "migrations/1_a.js",
                    Framework.ALEMBIC, "versions/1_a.py");

    @TempDir private Path directory;
    @TempDir private Path elsewhere;

    @ParameterizedTest
    @EnumSource
    void pipeIsRefusedAndNotWaitedFor(Framework framework) throws Exception {
        Path script = script(framework);
        assertThat(new ProcessBuilder("mkfifo", script.toString()).start().waitFor()).isZero();
        Files.writeString(directory.resolve("env.py"), "");

        assertThat(refusals(framework))
                .containsExactly(
                        SCRIPTS.get(framework)
                                + ": it is a pipe, a device or a socket, and no file [no-file]."
                                + " Put a file in its place, or leave it out");
    }

    @ParameterizedTest
    @EnumSource(names = {"KNEX", "ALEMBIC"})
    void deviceIsRefusedAndNotReadWithoutEnd(Framework framework) throws IOException {
        Files.createSymbolicLink(script(framework), Path.of("/dev/zero"));
        Files.writeString(directory.resolve("env.py"), "");

        assertThat(refusals(framework))
                .singleElement()
                .asString()
                .startsWith(SCRIPTS.get(framework) + ": it is a pipe, a device or a socket");
    }

    @ParameterizedTest
    @EnumSource(names = {"SQL", "FLYWAY", "PRISMA"})
    void linkOutOfTheDirectoryIsRefused(Framework framework) throws IOException {
        Path target = elsewhere.toRealPath().resolve("secret");
        Files.writeString(target, "select 1;");
        Files.createSymbolicLink(script(framework), target);

        assertThat(refusals(framework))
                .containsExactly(
                        SCRIPTS.get(framework)
                                + ": a link leads out of the directory, to "
                                + target
                                + " [outside]. Copy the file to where the link is, or leave it"
                                + " out");
    }

    @ParameterizedTest
    @EnumSource(names = {"SQL", "FLYWAY", "PRISMA"})
    void linkWithinTheDirectoryIsFollowed(Framework framework) throws IOException {
        Path hidden = Files.createDirectories(directory.resolve(".data"));
        Files.writeString(hidden.resolve("text"), "select 1;");
        Files.createSymbolicLink(script(framework), hidden.resolve("text"));
        if (framework == Framework.PRISMA) {
            Files.writeString(hidden.resolve("migration.sql"), "select 2;");
        }

        assertThat(PlanSources.of(framework).read(directory, SourceSettings.defaults()))
                .isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"SQL", "FLYWAY", "PRISMA"})
    void scriptOfTooManyBytesIsRefusedUnread(Framework framework) throws IOException {
        long bytes = SizeLimits.SCRIPT_BYTES_MAX + 1L;
        try (RandomAccessFile sparse = new RandomAccessFile(script(framework).toFile(), "rw")) {
            sparse.setLength(bytes);
        }

        assertThat(refusals(framework))
                .containsExactly(
                        SCRIPTS.get(framework)
                                + ": the file has 67108865 bytes; a script may have 67108864"
                                + " (64 MiB) [too-large]. Divide it into several migrations");
    }

    @ParameterizedTest
    @EnumSource(names = {"SQL", "FLYWAY", "PRISMA"})
    void nulInALiteralIsRefusedWithItsLine(Framework framework) throws IOException {
        Files.writeString(script(framework), "select 1;\nselect 'a\0b';\n");

        assertThat(refusals(framework))
                .singleElement()
                .asString()
                .startsWith(SCRIPTS.get(framework) + ":2: the file holds a NUL character");
    }

    @Test
    void plansThatAreTooLargeNameTheirLargestScripts() throws IOException {
        Files.writeString(directory.resolve("1_a.up.sql"), "select 1;");
        Files.writeString(directory.resolve("2_b.up.sql"), "select '\"\"\"\"\"\"';");
        MeasuredSource small = new MeasuredSource(PlanSources.of(Framework.SQL), 100, 30);
        assertThat(PlanRefusals.of(() -> small.read(directory, SourceSettings.defaults())))
                .containsExactly(
                        directory
                                + ": the statements of all migrations have 31 bytes; a plan may"
                                + " have 30 (0 MiB); the largest are 2_b.up.sql with 0 MiB,"
                                + " 1_a.up.sql with 0 MiB [too-large]. Load such data outside of"
                                + " migrations, or replace the oldest migrations by one that makes"
                                + " what they have made");
    }

    private Path script(Framework framework) throws IOException {
        Path script = directory.resolve(SCRIPTS.get(framework));
        Files.createDirectories(script.getParent());
        return script;
    }

    private List<String> refusals(Framework framework) {
        return PlanRefusals.of(
                () -> PlanSources.of(framework).read(directory, SourceSettings.defaults()));
    }
}
