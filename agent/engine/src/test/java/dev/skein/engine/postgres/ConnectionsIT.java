package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.engine.ServerAddress;
import dev.skein.engine.TlsMode;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.strategy.StepLimits;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionsIT {
    private static final DatabaseId DATABASE = DatabaseId.of("pg-1", "postgres");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Await.value(vertx.close());
    }

    private Connections to(String host, int port, TlsMode tls) {
        ServerAddress address =
                new ServerAddress(
                        "pg-1",
                        host,
                        port,
                        TestPostgres.SUPERUSER,
                        Optional::empty,
                        tls,
                        Optional.empty());
        return new Connections(vertx, name -> Optional.of(address));
    }

    private static Throwable failure(Connections connections) {
        return Await.failure(connections.open(DATABASE, "skein/test", StepLimits.defaults()));
    }

    @Test
    void aServerWithoutTlsIsLeftNoConnectionThatNobodyUses() {
        try (FakeServer server = new FakeServer('N')) {
            failure(to("127.0.0.1", server.port(), TlsMode.PREFER));

            Await.until("all connections are closed", () -> server.open() == 0);
            assertThat(server.asked()).containsExactly("tls?", "startup");
        }
    }

    @Test
    void aServerWithTlsIsTakenAtItsWord() {
        try (FakeServer server = new FakeServer('S')) {
            failure(to("127.0.0.1", server.port(), TlsMode.REQUIRE));

            Await.until("all connections are closed", () -> server.open() == 0);
            assertThat(server.asked()).containsExactly("tls?", "tls?", "handshake");
        }
    }

    @Test
    void aServerWithoutTheTlsThatIsAskedForIsNoServerToGoOnWith() {
        try (FakeServer server = new FakeServer('N')) {
            Throwable failure = failure(to("127.0.0.1", server.port(), TlsMode.VERIFY_FULL));

            assertThat(SqlFailures.of(failure).passing()).isFalse();
            assertThat(failure)
                    .hasMessage(
                            "server 'pg-1' does not speak TLS, which sslmode=verify-full asks for");
            Await.until("all connections are closed", () -> server.open() == 0);
            assertThat(server.asked()).containsExactly("tls?");
        }
    }

    @Test
    void theSameServerGivesConnectionsAgainAndAgain() {
        TestPostgres server = TestServers.postgres();
        Connections connections = to(server.host(), server.port(), TlsMode.PREFER);

        for (int i = 0; i < 3; i++) {
            PgConnection opened =
                    Await.value(connections.open(DATABASE, "skein/test", StepLimits.defaults()));
            assertThat(opened.isSSL()).isFalse();
            Await.value(opened.close());
        }
    }
}
