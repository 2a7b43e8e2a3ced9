package dev.skein.embedded;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The operating-system user that PostgreSQL runs as. It refuses to run as root, so root steps down:
 * into a user namespace where it is nobody in particular, or, where namespaces are forbidden (most
 * containers), to the user {@code nobody}, who then owns the data.
 */
enum ServerUser {
    SAME(),
    NAMESPACE("unshare", "-U"),
    NOBODY("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    private static final int NOBODY_ID = 65534;

    private final List<String> prefix;

    ServerUser(String... prefix) {
        this.prefix = List.of(prefix);
    }

    /** The user to take for a server whose directory this process has created. */
    static ServerUser of(Path home) {
        if (!isRoot(home)) {
            return SAME;
        }
        return LinuxUtils.isUnshareAvailable() ? NAMESPACE : NOBODY;
    }

    private static boolean isRoot(Path home) {
        try {
            Path probe = Files.createTempFile(home, "owner", null);
            Object owner = Files.getAttribute(probe, "unix:uid");
            Files.delete(probe);
            return Integer.valueOf(0).equals(owner);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    List<String> command(Path program, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(program.toString());
        command.addAll(arguments);
        return command;
    }

    /** Makes a new, empty directory that this user owns and reaches through its parent. */
    void createOwned(Path directory) throws IOException {
        Files.createDirectory(directory);
        if (this == NOBODY) {
            Files.setAttribute(directory, "unix:uid", NOBODY_ID);
            Files.setAttribute(directory, "unix:gid", NOBODY_ID);
            Files.setPosixFilePermissions(
                    directory.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
        }
    }
}
