package dev.skein.agent.discovery;

import static dev.skein.agent.discovery.Servers.found;
import static dev.skein.agent.discovery.Servers.named;
import static dev.skein.agent.discovery.Servers.queried;
import static dev.skein.agent.discovery.Servers.schemas;
import static dev.skein.agent.discovery.Servers.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.config.ServerConfig;
import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.engine.Engine;
import dev.skein.engine.postgres.Connections;
import dev.skein.engine.postgres.ExecutionSettings;
import dev.skein.engine.postgres.PostgresEngine;
import dev.skein.protocol.log.Await;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerDiscoveryIT {
    private final Vertx vertx = Vertx.vertx();
    private final TestPostgres postgres = TestServers.postgres();

    @AfterEach
    void close() {
        Await.value(vertx.close());
    }

    @Test
    void databasesAndSchemasAreFoundAndLeave() {
        // given
        String acme = TestServers.freshDatabase("acme");
        String tenant = TestServers.freshDatabase("found_tenant");
        String shared = TestServers.freshDatabase("found_shared");
        postgres.execute(shared, "create schema t_1; create schema t_2; create schema other");
        ServerConfig server =
                server(
                        postgres.uri("postgres"),
                        named(acme, "tier", "enterprise"),
                        queried(
                                "select datname as name, 'free' as \"label.tier\", 7 as"
                                        + " \"label.no\" from pg_database where datname like"
                                        + " 'found\\_tenant%'"),
                        schemas(
                                shared,
                                "select nspname as name from pg_namespace where nspname like"
                                        + " 't\\_%'"));
        Discovery discovery = discovery(server);

        // when
        Inventory first = Await.value(discovery.look());
        postgres.execute(shared, "drop schema t_1; create schema t_3");
        postgres.execute("postgres", "drop database " + tenant);
        Inventory second = Await.value(discovery.look());

        // then
        assertThat(first.problem()).isEmpty();
        assertThat(found(first))
                .containsExactly(
                        "pg-1/" + acme + " {region=eu, tier=enterprise}",
                        "pg-1/" + shared + "/t_1 {region=eu}",
                        "pg-1/" + shared + "/t_2 {region=eu}",
                        "pg-1/" + tenant + " {no=7, region=eu, tier=free}");
        assertThat(found(second))
                .containsExactly(
                        "pg-1/" + acme + " {region=eu, tier=enterprise}",
                        "pg-1/" + shared + "/t_2 {region=eu}",
                        "pg-1/" + shared + "/t_3 {region=eu}");
    }

    @Test
    void aQueryThatWritesIsRefusedAndChangesNothing() {
        // given
        ServerConfig server =
                server(postgres.uri("postgres"), queried("create table sneaked_in (name text)"));

        // when
        Inventory inventory = Await.value(discovery(server).look());

        // then
        assertThat(inventory.problem().orElseThrow())
                .contains(
                        "cannot execute CREATE TABLE in a read-only transaction (SQLSTATE 25006)");
    }

    @Test
    void aWrongQueryIsReportedInTheWordsOfTheServer() {
        // given
        ServerConfig server = server(postgres.uri("postgres"), queried("select nothing"));

        // when
        Inventory inventory = Await.value(discovery(server).look());

        // then
        assertThat(inventory.problem())
                .contains(
                        "query \"select nothing\" failed: column \"nothing\" does not exist"
                                + " (SQLSTATE 42703)");
    }

    @Test
    void aServerThatIsDownIsAProblemAndNoFailure() {
        // given
        ServerConfig server = server("postgresql://skein@127.0.0.1:1/postgres", named("acme"));

        // when
        Inventory inventory = Await.value(discovery(server).look());

        // then
        assertThat(inventory.databases()).isEmpty();
        assertThat(inventory.problem().orElseThrow())
                .startsWith("server pg-1 at skein@127.0.0.1:1/postgres cannot be asked: ")
                .contains("Connection refused");
    }

    private Discovery discovery(ServerConfig server) {
        Connections connections = new Connections(vertx, name -> Optional.of(server.address()));
        Engine engine =
                new PostgresEngine(
                        vertx,
                        connections,
                        ExecutionSettings.of(InstantSource.system(), () -> 0.5));
        return Discovery.of(server, engine);
    }
}
