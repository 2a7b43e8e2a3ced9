package dev.skein.ops.draft;

import dev.skein.ops.source.DirectoryTree;
import dev.skein.ops.source.IoReason;
import dev.skein.ops.source.SourceTree;
import dev.skein.protocol.plan.Framework;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes a draft into a directory of migrations, never over an existing file. */
public final class DraftWriter {
    private final Framework framework;
    private final Path directory;

    /** Into that directory, which is made if it is not there. */
    public DraftWriter(Framework framework, Path directory) {
        this.framework = framework;
        this.directory = directory;
    }

    /**
     * Writes the draft's files.
     *
     * @return their paths
     * @throws DraftRefused if there is no place for it, or a file is there already; nothing is
     *     written then
     */
    public List<Path> write(Draft draft) {
        try {
            Files.createDirectories(directory);
            SourceTree existing = new DirectoryTree(directory);
            List<NewFile> files = MigrationLayout.of(framework).files(draft, existing);
            for (NewFile file : files) {
                refuseIfThere(directory.resolve(file.path()));
            }
            for (NewFile file : files) {
                write(directory.resolve(file.path()), file.text());
            }
            return files.stream().map(file -> directory.resolve(file.path())).toList();
        } catch (IOException | UncheckedIOException failure) {
            throw new DraftRefused(
                    "nothing can be written to " + directory + ": " + IoReason.of(failure));
        }
    }

    private static void refuseIfThere(Path file) {
        if (Files.exists(file)) {
            throw new DraftRefused(
                    file + " is there already, and is not written over; choose another --name");
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    }
}
