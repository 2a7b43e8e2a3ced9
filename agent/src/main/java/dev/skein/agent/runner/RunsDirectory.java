package dev.skein.agent.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/**
 * The directory in which an agent notes its runs. Whoever could write there would choose which
 * process the agent ends, so one that others can change is refused.
 */
final class RunsDirectory {
    private static final Set<PosixFilePermission> OWN =
            PosixFilePermissions.fromString("rwx------");

    private final Path path;

    RunsDirectory(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    boolean isThere() {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Makes it where it is not there.
     *
     * @throws IllegalArgumentException if it is not the agent's alone
     */
    void prepare() throws IOException {
        if (!isThere()) {
            Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWN));
        }
        requireOwn();
    }

    /**
     * Does nothing where it is the agent's alone.
     *
     * @throws IllegalArgumentException if it is not
     */
    void requireOwn() throws IOException {
        PosixFileAttributes found =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isDirectory()) {
            throw unfit("is no directory" + (found.isSymbolicLink() ? " but a link" : ""));
        }
        Set<PosixFilePermission> others = EnumSet.copyOf(found.permissions());
        others.removeAll(OWN);
        if (!others.isEmpty()) {
            throw unfit(
                    "may be read or written by others (%s, and rwx------ is wanted)"
                            .formatted(PosixFilePermissions.toString(found.permissions())));
        }
        UserPrincipal self = self();
        if (!found.owner().equals(self)) {
            throw unfit(
                    "belongs to '%s', and this agent runs as '%s'"
                            .formatted(found.owner().getName(), self.getName()));
        }
    }

    /** The owner of what this process makes: a user without a name has no other way to be told. */
    private UserPrincipal self() throws IOException {
        try {
            Path probe = Files.createTempFile(path, "owner", "");
            try {
                return Files.getOwner(probe);
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (NoSuchFileException gone) {
            throw gone;
        } catch (IOException unwritable) {
            throw unfit("cannot be written by this agent");
        }
    }

    private IllegalArgumentException unfit(String why) {
        return new IllegalArgumentException(
                "the directory of runs under way, "
                        + path
                        + ", "
                        + why
                        + "; look whose it is, and remove it or name another one under"
                        + " 'runs-directory' in the agent's file");
    }
}
