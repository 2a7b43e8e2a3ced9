package dev.skein.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.protocol.Sha256;
import dev.skein.protocol.id.DatabaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent finds of the runs of the one before it. */
class RunRecordsTest {
    private static final DatabaseId DATABASE = DatabaseId.of("pg-1", "shop");

    @TempDir private Path temporary;

    private Path directory;
    private RunRecords records;

    @BeforeEach
    void name() {
        directory = temporary.resolve("runs");
        records = new RunRecords(directory);
    }

    private Path file() throws IOException {
        records.prepare();
        return directory.resolve(Sha256.hex(DATABASE.toString().getBytes()));
    }

    @Test
    void runIsFoundWhileItIsAtWork() throws Exception {
        assertThat(records.find(DATABASE)).isEmpty();
        records.prepare();
        // when
        records.write(DATABASE, ProcessHandle.current(), Instant.EPOCH);
        // then
        assertThat(records.find(DATABASE).orElseThrow().process())
                .isEqualTo(ProcessHandle.current());
        records.remove(DATABASE);
        assertThat(records.find(DATABASE)).isEmpty();
    }

    @Test
    void processThatBeganAtAnotherTimeIsNone() throws Exception {
        Files.writeString(
                file(),
                ProcessHandle.current().pid() + "\n2001-01-01T00:00:00Z\n2001-01-01T00:00:00Z\n");

        assertThat(records.find(DATABASE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1\n", "twelve\nx\ny\n", "1\nx\nsoon\n"})
    void recordThatCannotBeUnderstoodNamesNone(String text) throws Exception {
        Files.writeString(file(), text);

        assertThat(records.find(DATABASE)).isEmpty();
    }

    @Test
    void recordThatIsNoTextNamesNone() throws Exception {
        Files.write(file(), new byte[] {(byte) 0xff, 10, (byte) 0xfe, 10, 10});

        assertThat(records.find(DATABASE)).isEmpty();
    }

    @Test
    void linkIsRefused() throws Exception {
        Files.createSymbolicLink(directory, Files.createDirectory(temporary.resolve("other")));

        assertThatThrownBy(records::prepare)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(directory + ", is no directory but a link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwx-w----", "rwx---r--"})
    void directoryOfOthersIsRefused(String permissions) throws Exception {
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(() -> records.find(DATABASE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(directory + ", may be read or written by others")
                .hasMessageContaining("'runs-directory'");
    }
}
