package dev.skein.engine;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The address of a server and of the database in which it is asked about the others.
 *
 * @param user the role that discovers and migrates
 * @param host name or address
 * @param port 1 to 65535
 * @param database where queries for names run
 * @param tls how connections are protected
 * @param caFile PEM file of the trusted authority; the Java runtime's where absent
 */
public record ServerUri(
        String user, String host, int port, String database, TlsMode tls, Optional<Path> caFile) {
    private static final int PORT = 5432;
    private static final int PORT_MAX = 65535;
    private static final String FORM =
            "is not of the form postgresql://user@host:port/database?sslmode=…&sslrootcert=…";

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException with what is wrong; the message shows nothing of a password
     */
    public static ServerUri parse(String text) {
        URI uri = uri(text);
        if (uri.getRawUserInfo() != null && uri.getRawUserInfo().contains(":")) {
            throw new IllegalArgumentException(
                    "has a password in it; put it into a file or the environment and name that"
                            + " under password");
        }
        boolean complete = uri.getHost() != null && uri.getRawUserInfo() != null;
        if (!complete || !("postgresql".equals(uri.getScheme()) || isShort(uri))) {
            throw new IllegalArgumentException(FORM);
        }
        SortedMap<String, String> parameters = parameters(uri.getRawQuery());
        return new ServerUri(
                decoded(uri.getRawUserInfo()),
                uri.getHost().replace("[", "").replace("]", ""),
                port(uri.getPort()),
                database(uri.getRawPath()),
                tls(parameters.remove("sslmode")),
                caFile(parameters.remove("sslrootcert"), parameters));
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // Its own message quotes the text, which may hold a password.
            throw new IllegalArgumentException(FORM, e);
        }
    }

    private static boolean isShort(URI uri) {
        return "postgres".equals(uri.getScheme());
    }

    private static int port(int given) {
        if (given == 0 || given > PORT_MAX) {
            throw new IllegalArgumentException("has port " + given + ", which is not 1 to 65535");
        }
        return given < 0 ? PORT : given;
    }

    private static String database(String path) {
        String name = path == null || path.isEmpty() ? "" : decoded(path.substring(1));
        if (name.isEmpty()) {
            throw new IllegalArgumentException("names no database after the host: " + FORM);
        }
        return name;
    }

    private static TlsMode tls(String given) {
        return given == null
                ? TlsMode.PREFER
                : TlsMode.of(given)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "has an unknown sslmode '" + given + "'"));
    }

    private static Optional<Path> caFile(String given, SortedMap<String, String> others) {
        if (!others.isEmpty()) {
            throw new IllegalArgumentException(
                    "has an unknown parameter '%s'; known are sslmode and sslrootcert"
                            .formatted(others.firstKey()));
        }
        Optional<Path> file = Optional.ofNullable(given).map(Path::of);
        if (file.isPresent() && !Files.isReadable(file.get())) {
            throw new IllegalArgumentException(
                    "names sslrootcert " + given + ", which cannot be read");
        }
        return file;
    }

    private static SortedMap<String, String> parameters(String query) {
        SortedMap<String, String> parameters = new TreeMap<>();
        if (query != null) {
            for (String pair : query.split("&")) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                parameters.put(
                        decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
