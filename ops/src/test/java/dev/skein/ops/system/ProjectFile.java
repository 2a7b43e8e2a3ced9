package dev.skein.ops.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of a project that a test writes. */
final class ProjectFile {
    private ProjectFile() {}

    /** Writes it, with the directories above it; what was there under that name is gone. */
    static void write(Path project, String file, String text) {
        try {
            Path path = project.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException("the test's file " + file + " cannot be written", e);
        }
    }
}
