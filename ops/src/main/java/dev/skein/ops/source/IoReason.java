package dev.skein.ops.source;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words why the file system refused; its exceptions often hold a bare path. */
public final class IoReason {
    private IoReason() {}

    /** Of an IOException, or an UncheckedIOException around one. */
    public static String of(Exception failure) {
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        if (cause instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NotDirectoryException) {
            return "it is no directory";
        }
        if (cause instanceof FileSystemLoopException) {
            return "a link in it leads back to a directory above";
        }
        return String.valueOf(cause.getMessage());
    }
}
