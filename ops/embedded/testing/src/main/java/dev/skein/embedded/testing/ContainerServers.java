package dev.skein.embedded.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;

/**
 * Servers in containers, from the official images of PostgreSQL and Apache Kafka. They are set up
 * like the embedded ones, so that a test sees no difference but the version.
 *
 * <p>Each is published on a port chosen here and not by the engine, which would choose another one
 * at every start; a server that stops and comes back has to come back where it was.
 */
final class ContainerServers implements ServerProvider {
    static final int POSTGRES_MIN = 13;
    static final int POSTGRES_MAX = 18;

    /** The major version of the embedded server. */
    static final int POSTGRES_DEFAULT = 17;

    private final int postgres;

    /**
     * Starts nothing yet.
     *
     * @param postgres the major version, {@link #POSTGRES_MIN} to {@link #POSTGRES_MAX}
     */
    ContainerServers(int postgres) {
        this.postgres = postgres;
    }

    /** The newest minor version that the registry or this machine has. */
    String postgresImage() {
        return "postgres:" + postgres;
    }

    /** The broker of the very version of the clients. */
    String kafkaImage() {
        return "apache/kafka:" + clientsVersion();
    }

    /** As Kafka's clients read it themselves, in a class that is not for others. */
    private static String clientsVersion() {
        try (InputStream file =
                Admin.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new IllegalStateException("the version of Kafka's clients is unknown", e);
        }
    }

    @Override
    public TestPostgres startPostgres() {
        return ContainerPostgres.start(postgresImage(), freePort());
    }

    @Override
    public TestKafka startKafka() {
        return ContainerKafka.start(kafkaImage(), freePort());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port for a container", e);
        }
    }
}
