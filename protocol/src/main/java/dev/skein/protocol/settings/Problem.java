package dev.skein.protocol.settings;

/**
 * One thing wrong with a tree of settings.
 *
 * @param path the full path of the key, such as {@code servers[0].uri}; empty for the whole
 * @param message what is wrong with it, as the rest of a sentence that begins with the path
 */
public record Problem(String path, String message) {
    @Override
    public String toString() {
        return path.isEmpty() ? message : path + ": " + message;
    }
}
