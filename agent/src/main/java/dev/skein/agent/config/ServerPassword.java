package dev.skein.agent.config;

import dev.skein.protocol.settings.Secret;
import dev.skein.protocol.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A server's password: as it was when the configuration was read, and the file that may hold a
 * newer one.
 *
 * @param atStart never shown
 * @param file where it was read from, unless from the environment
 */
public record ServerPassword(Secret atStart, Optional<Path> file) {
    static Optional<ServerPassword> read(Settings server) {
        Optional<Secret> secret = server.optionalSecret("password");
        return secret.map(value -> new ServerPassword(value, file(server)));
    }

    private static Optional<Path> file(Settings server) {
        Settings password = server.section("password");
        password.optionalText("env");
        return password.optionalText("file").map(Path::of);
    }

    /**
     * The password as it is now, so that a rotated one is picked up. Reads a file: not for an event
     * loop.
     *
     * @throws UncheckedIOException if the file can no longer be read
     */
    public String current() {
        return file.map(ServerPassword::content).orElseGet(atStart::reveal);
    }

    private static String content(Path file) {
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException("password file " + file + " cannot be read", e);
        }
    }
}
