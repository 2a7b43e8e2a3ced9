package dev.skein.ops.draft;

import java.nio.file.Path;

/**
 * A file that is not written yet.
 *
 * @param path relative to the directory of migrations
 */
public record NewFile(Path path, String text) {
    static NewFile of(String path, String text) {
        return new NewFile(Path.of(path), text);
    }
}
