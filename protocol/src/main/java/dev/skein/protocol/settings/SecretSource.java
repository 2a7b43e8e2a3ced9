package dev.skein.protocol.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Fetches a secret from where the settings say it is; throws with the reason if it cannot. */
final class SecretSource {
    private SecretSource() {}

    static Secret fromFile(String file) {
        String content = content(file).stripTrailing();
        if (content.isEmpty()) {
            throw new IllegalArgumentException("file " + file + " is empty");
        }
        return new Secret(content);
    }

    static Secret fromVariable(String name, ProblemCollector findings) {
        String value =
                findings.variable(name)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "environment variable " + name + " is not set"));
        if (value.isEmpty()) {
            throw new IllegalArgumentException("environment variable " + name + " is empty");
        }
        return new Secret(value);
    }

    private static String content(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("file " + file + " does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException("file " + file + " may not be read by this user", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("file " + file + " is not UTF-8 text", e);
        } catch (InvalidPathException | IOException e) {
            throw new IllegalArgumentException(
                    "file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
