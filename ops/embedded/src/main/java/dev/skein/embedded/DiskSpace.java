package dev.skein.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a server's trouble is that its disk is full, which servers themselves hardly say. */
final class DiskSpace {
    /** Less than any server here can work with. */
    static final long BYTES_MIN = 4L << 20;

    private DiskSpace() {}

    /** That the disk is full, with numbers and what to do; empty where it is not. */
    static Optional<String> shortage(Path directory) {
        try {
            Path existing = directory;
            while (!Files.exists(existing)) {
                existing = existing.toAbsolutePath().getParent();
            }
            return shortage(directory, Files.getFileStore(existing).getUsableSpace());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<String> shortage(Path directory, long bytesFree) {
        return bytesFree >= BYTES_MIN
                ? Optional.empty()
                : Optional.of(
                        "the disk under %s is full, %d bytes are free; free some space and start"
                                        .formatted(directory, bytesFree)
                                + " again (what was acknowledged is kept)");
    }
}
