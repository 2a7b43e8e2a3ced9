package dev.skein.engine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How to reach one database server.
 *
 * @param name the server's name in database ids
 * @param host name or address
 * @param port 1 to 65535
 * @param user the role that migrates
 * @param password asked at each connection, on a worker thread, so that a rotated password is
 *     picked up; may read a file. Empty where the server asks for none
 * @param tls how the connection is protected
 * @param caFile PEM file of the trusted authority; the Java runtime's where absent
 */
public record ServerAddress(
        String name,
        String host,
        int port,
        String user,
        Supplier<Optional<String>> password,
        TlsMode tls,
        Optional<Path> caFile) {
    @Override
    public String toString() {
        return user + "@" + host + ":" + port + " (" + name + ")";
    }
}
