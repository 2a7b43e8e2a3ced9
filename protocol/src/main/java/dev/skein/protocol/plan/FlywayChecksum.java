package dev.skein.protocol.plan;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The checksum that Flyway records (its class ChecksumCalculator): CRC-32 of the lines in UTF-8
 * without what ends them, as a signed number.
 */
public final class FlywayChecksum {
    /** What stands for the checksum of a migration in Java that gives none. */
    public static final String NONE = "none";

    private FlywayChecksum() {}

    /**
     * The checksum of a script.
     *
     * @param text without a byte order mark, which Flyway leaves out too
     */
    public static int of(String text) {
        CRC32 crc = new CRC32();
        text.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
        return (int) crc.getValue();
    }
}
