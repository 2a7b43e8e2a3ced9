package dev.skein.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.lang3.SystemUtils;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs for this machine, unpacked from the class path. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /**
     * Unpacks into a directory below {@code parent} named by the archive's digest, unless it is
     * there. Safe when several processes do so at once: the last step is one rename.
     *
     * @return the directory that holds {@code bin}, {@code lib} and {@code share}
     */
    static Path unpackBelow(Path parent) {
        try {
            byte[] archive = archive();
            Path target = parent.resolve("postgresql-" + digest(archive));
            if (!Files.isDirectory(target)) {
                Files.createDirectories(parent);
                Path partial = Files.createTempDirectory(parent, "unpacking-");
                unpack(archive, partial);
                publish(partial, target);
            }
            return target;
        } catch (IOException e) {
            throw new EmbeddedFailure(
                    ("PostgreSQL's programs could not be unpacked below %s: %s."
                                    + " They need 60 MB in a directory that can be written.")
                            .formatted(parent, EmbeddedFailure.reason(e)),
                    e);
        }
    }

    private static byte[] archive() throws IOException {
        String system = SystemUtils.IS_OS_MAC ? "darwin" : SystemUtils.OS_NAME;
        String machine = SystemUtils.OS_ARCH;
        try (InputStream stream =
                DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine)) {
            return stream.readAllBytes();
        } catch (IllegalStateException e) {
            throw new IOException(
                    "no programs for %s on %s are on the class path".formatted(system, machine), e);
        }
    }

    private static String digest(byte[] archive) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                unpackEntry(tar, entry, target);
            }
        }
    }

    private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("the archive reaches outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, file);
            if (file.getParent().endsWith("bin")) {
                file.toFile().setExecutable(true, false);
            }
        }
    }

    private static void publish(Path partial, Path target) throws IOException {
        // The server may run as another user, who has to get in; see ServerUser.
        Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            Files.move(partial, target);
        } catch (IOException e) {
            ServerDirectory.delete(partial);
            if (!Files.isDirectory(target)) {
                throw e;
            }
        }
    }
}
