package dev.skein.protocol.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches a secret from where the settings say it is; throws with the reason if it cannot. */
final class SecretSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(SecretSource.class);

    /** A configuration may be read more than once; one warning is enough. */
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private SecretSource() {}

    static Secret fromFile(String file) {
        String content = content(file).stripTrailing();
        if (content.isEmpty()) {
            throw new IllegalArgumentException("file " + file + " is empty");
        }
        exposure(Path.of(file))
                .filter(warning -> WARNED.add(file))
                .ifPresent(warning -> LOGGER.atWarn().log(warning));
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

    /** What to say of a file with a secret that every user of the machine can read. */
    static Optional<String> exposure(Path file) {
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            return mode.contains(PosixFilePermission.OTHERS_READ)
                    ? Optional.of(
                            "every user of this machine can read the secret in %s (mode %s);"
                                            .formatted(file, PosixFilePermissions.toString(mode))
                                    + " close it: chmod 600 "
                                    + file)
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            // The file system has no such modes, or the file is gone: nothing can be said.
            return Optional.empty();
        }
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
