package dev.skein.ops.source;

import dev.skein.protocol.SizeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Tells, before a file is opened, whether reading it can end and fits into memory. */
public final class PlainFiles {
    /** What a pipe, a device or a socket is called. */
    public static final String SPECIAL = "it is a pipe, a device or a socket, and no file";

    /** What to do about one. */
    public static final String SPECIAL_HINT = "Put a file in its place, or leave it out";

    private static final int MIB_BITS = 20;

    private PlainFiles() {}

    /**
     * @throws UnfitFile if it is a pipe, a device or a socket, or larger than a script may be
     */
    static void requireFit(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (attributes.isOther()) {
            throw new UnfitFile(PlanProblemCode.NO_FILE, SPECIAL, SPECIAL_HINT);
        }
        if (attributes.size() > SizeLimits.SCRIPT_BYTES_MAX) {
            throw new UnfitFile(
                    PlanProblemCode.TOO_LARGE,
                    "the file has %d bytes; a script may have %d (%d MiB)"
                            .formatted(
                                    attributes.size(),
                                    SizeLimits.SCRIPT_BYTES_MAX,
                                    SizeLimits.SCRIPT_BYTES_MAX >> MIB_BITS),
                    "Divide it into several migrations");
        }
    }

    /** Whether it is there and no file or directory, such as a pipe or a device. */
    public static boolean isSpecial(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).isOther();
        } catch (IOException notThere) {
            return false;
        }
    }
}
