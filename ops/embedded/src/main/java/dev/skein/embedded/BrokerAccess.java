package dev.skein.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who a broker takes requests from: everybody on this machine, or whoever can read the secret in
 * its directory, which only the user it runs as can.
 *
 * <p>Loopback alone keeps no other user of the machine out, and who may write to the log decides
 * about every database of the fleet.
 */
final class BrokerAccess {
    private static final String SECRET_FILE = "client.secret";
    private static final String USER = "skein";
    private static final int SECRET_BYTES = 32;
    private static final Set<PosixFilePermission> OWNERS_DIRECTORY =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNERS_FILE =
            PosixFilePermissions.fromString("rw-------");

    private final Map<String, String> broker;
    private final Map<String, String> client;

    private BrokerAccess(Map<String, String> broker, Map<String, String> client) {
        this.broker = Collections.unmodifiableMap(broker);
        this.client = Collections.unmodifiableMap(client);
    }

    /** Everybody who reaches the port. */
    static BrokerAccess open() {
        return new BrokerAccess(Map.of(), Map.of());
    }

    /**
     * Whoever knows the secret of the directory. It is made where there is none, such as in a
     * directory of before there was one; the directory is closed to other users.
     *
     * @throws EmbeddedFailure if it can be neither read nor made
     */
    static BrokerAccess guarded(Path directory) {
        try {
            Files.setPosixFilePermissions(directory, OWNERS_DIRECTORY);
            return withSecret(secret(directory));
        } catch (IOException e) {
            throw new EmbeddedFailure(
                    ("Embedded Kafka cannot keep the secret of its clients in %s: %s. The directory"
                                    + " has to belong to the user who starts it.")
                            .formatted(directory, EmbeddedFailure.reason(e)),
                    e);
        }
    }

    private static String secret(Path directory) throws IOException {
        Path file = directory.resolve(SECRET_FILE);
        if (Files.exists(file)) {
            Files.setPosixFilePermissions(file, OWNERS_FILE);
            String known = Files.readString(file).strip();
            if (!known.isEmpty()) {
                return known;
            }
        }
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        FileAttribute<?> owners = PosixFilePermissions.asFileAttribute(OWNERS_FILE);
        Path written = Files.createTempFile(directory, SECRET_FILE, "", owners);
        Files.write(written, secret.getBytes(UTF_8));
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        return secret;
    }

    private static BrokerAccess withSecret(String secret) {
        String login =
                "org.apache.kafka.common.security.plain.PlainLoginModule required"
                        + " username=\"%s\" password=\"%s\"".formatted(USER, secret);
        String server = login + " user_%s=\"%s\";".formatted(USER, secret);
        Map<String, String> broker = new TreeMap<>();
        broker.put(
                "listener.security.protocol.map",
                "CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
        broker.put("sasl.enabled.mechanisms", "PLAIN");
        broker.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        broker.put("sasl.mechanism.controller.protocol", "PLAIN");
        broker.put("listener.name.client.plain.sasl.jaas.config", server);
        broker.put("listener.name.controller.plain.sasl.jaas.config", server);
        Map<String, String> client = new TreeMap<>();
        client.put("security.protocol", "SASL_PLAINTEXT");
        client.put("sasl.mechanism", "PLAIN");
        client.put("sasl.jaas.config", login + ";");
        return new BrokerAccess(broker, client);
    }

    /** For the broker's configuration. */
    Map<String, String> brokerSettings() {
        return broker;
    }

    /** For the configuration of its clients; none where everybody is taken. */
    Map<String, String> clientProperties() {
        return client;
    }
}
