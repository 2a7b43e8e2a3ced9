package dev.skein.embedded;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How an embedded PostgreSQL server runs.
 *
 * @param dataDir where the databases are kept, or empty for a temporary directory deleted on close
 * @param port of 127.0.0.1, 0 to 65535, where 0 takes a free one
 * @param serverSettings lines of {@code postgresql.conf}, which win over those Skein chooses
 * @param binariesDir where PostgreSQL's programs are unpacked once for many servers, or empty to
 *     unpack them beside the data; nobody else may be able to write there
 * @param installed the programs' directory of a PostgreSQL that this machine has, such as {@code
 *     /usr/lib/postgresql/15/bin}, to run that one; empty for the one that comes with Skein
 */
public record PostgresSettings(
        Optional<Path> dataDir,
        int port,
        Map<String, String> serverSettings,
        Optional<Path> binariesDir,
        Optional<Path> installed) {

    public PostgresSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not in 0 to 65535");
        }
        serverSettings = Collections.unmodifiableMap(new TreeMap<>(serverSettings));
    }

    /** Any free port, data deleted on close. */
    public static PostgresSettings temporary() {
        return new PostgresSettings(
                Optional.empty(), 0, Collections.emptyMap(), Optional.empty(), Optional.empty());
    }

    /** Any free port, data kept in {@code dataDir}. */
    public static PostgresSettings keptIn(Path dataDir) {
        return new PostgresSettings(
                Optional.of(dataDir),
                0,
                Collections.emptyMap(),
                Optional.empty(),
                Optional.empty());
    }

    public PostgresSettings withPort(int newPort) {
        return new PostgresSettings(dataDir, newPort, serverSettings, binariesDir, installed);
    }

    public PostgresSettings withServerSettings(Map<String, String> newSettings) {
        return new PostgresSettings(dataDir, port, newSettings, binariesDir, installed);
    }

    public PostgresSettings withBinariesDir(Path newBinariesDir) {
        return new PostgresSettings(
                dataDir, port, serverSettings, Optional.of(newBinariesDir), installed);
    }

    /** With the programs in that directory instead of those that come with Skein. */
    public PostgresSettings withInstalled(Path programs) {
        return new PostgresSettings(
                dataDir, port, serverSettings, binariesDir, Optional.of(programs));
    }

    /**
     * Faster, and without safety when the machine goes down: for data that nobody will miss.
     * Killing the server or this process loses nothing all the same.
     */
    public PostgresSettings withoutDurability() {
        Map<String, String> faster = new TreeMap<>(serverSettings);
        faster.put("fsync", "off");
        faster.put("full_page_writes", "off");
        return withServerSettings(faster);
    }
}
