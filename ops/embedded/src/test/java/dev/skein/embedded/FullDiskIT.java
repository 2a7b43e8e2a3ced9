package dev.skein.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskIT {
    /** Room for Kafka's files, which are small at first, and quick to fill. */
    private static final int MEGABYTES = 64;

    @TempDir private Path disk;

    @Test
    void aStartOnAFullDiskSaysSoAndTheNextOneGoesOnOnceThereIsRoom() throws Exception {
        assumeThat(FullDisk.possible()).as("a process may have a disk of its own").isTrue();
        assertThat(FullDisk.run(disk, MEGABYTES))
                .satisfiesExactly(
                        refused ->
                                assertThat(refused)
                                        .startsWith(FullDisk.REFUSED)
                                        .contains("with its data in " + disk)
                                        .contains("the disk under " + disk)
                                        .contains("is full")
                                        .contains("free some space and start again"),
                        started -> assertThat(started).isEqualTo(FullDisk.STARTED));
    }
}
