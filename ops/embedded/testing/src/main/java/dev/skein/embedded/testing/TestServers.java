package dev.skein.embedded.testing;

import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.DockerClientFactory;

/**
 * One Kafka broker and one PostgreSQL server per JVM, each started when first asked for and stopped
 * when the JVM ends. A test must leave them running, and takes topics and databases of its own; one
 * that stops or restarts a server starts one for itself. Threads: any.
 *
 * <p>Where they come from is one choice for the whole run, by {@code -Dskein.it}, {@code
 * -Dskein.postgres} and {@code -Dskein.postgres.installed}; where that is not to be had, every call
 * fails with the reason in one line.
 */
public final class TestServers {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static ServerProvider provider;
    private static TestKafka kafka;
    private static TestPostgres postgres;

    private TestServers() {}

    /** The shared broker. Topics are created by the test; nothing creates them on first use. */
    public static synchronized TestKafka kafka() {
        if (kafka == null) {
            kafka = provider().startKafka();
            closeAtExit(kafka::close);
        }
        return kafka;
    }

    /** The shared PostgreSQL server. */
    public static synchronized TestPostgres postgres() {
        if (postgres == null) {
            postgres = provider().startPostgres();
            closeAtExit(postgres::close);
        }
        return postgres;
    }

    /** A broker for a test that stops it, which the caller closes. */
    public static TestKafka startKafka() {
        return provider().startKafka();
    }

    /** A PostgreSQL server for a test that stops it, which the caller closes. */
    public static TestPostgres startPostgres() {
        return provider().startPostgres();
    }

    /** Creates an empty database on the shared server and returns its name, {@code prefix_<n>}. */
    public static String freshDatabase(String prefix) {
        String name = prefix + "_" + DATABASES.incrementAndGet();
        postgres().createDatabase(name);
        return name;
    }

    private static synchronized ServerProvider provider() {
        if (provider == null) {
            provider =
                    ServerProviders.of(
                            System.getProperty("skein.it"),
                            System.getProperty("skein.postgres"),
                            System.getProperty("skein.postgres.installed"),
                            () -> DockerClientFactory.instance().isDockerAvailable());
        }
        return provider;
    }

    private static void closeAtExit(Runnable close) {
        Runtime.getRuntime().addShutdownHook(new Thread(close, "test-servers-stop"));
    }
}
