package dev.skein.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
    @TempDir private Path directory;

    @Test
    void fullDiskIsNamedWithNumbersAndWhatToDo() {
        assertThat(DiskSpace.shortage(directory, 4096).orElseThrow())
                .contains("the disk under " + directory + " is full, 4096 bytes are free")
                .contains("free some space and start again");
    }

    @Test
    void diskWithRoomIsNotTheReason() {
        assertThat(DiskSpace.shortage(directory, DiskSpace.BYTES_MIN)).isEmpty();
        assertThat(DiskSpace.shortage(directory.resolve("not/there/yet"))).isEmpty();
    }
}
