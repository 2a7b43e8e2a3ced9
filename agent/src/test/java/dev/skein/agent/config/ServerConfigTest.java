package dev.skein.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.config.DatabaseSource.Named;
import dev.skein.agent.config.DatabaseSource.Queried;
import dev.skein.agent.config.DatabaseSource.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerConfigTest {
    private static final String SMALLEST =
            """
            name: pg-1
            uri: postgresql://skein@10.0.0.5/postgres
            databases: [{ name: acme }]
            """;

    @TempDir private Path directory;

    @Test
    void whatIsLeftOutHasADefault() {
        // when
        ServerConfig server = Yaml.read(SMALLEST, ServerConfig::read);

        // then
        assertThat(server.databasesInFlight()).isEqualTo(4);
        assertThat(server.password()).isEmpty();
        assertThat(server.labels()).isEmpty();
        assertThat(server.sources()).containsExactly(new Named("acme", new TreeMap<>()));
        assertThat(server.address().password().get()).isEmpty();
    }

    @Test
    void everyKeyMaps() {
        // when
        ServerConfig server =
                Yaml.read(
                        """
                        name: pg-1
                        uri: postgresql://skein@10.0.0.5:5433/admin?sslmode=require
                        password: { env: PG_PASSWORD }
                        databases-in-flight: 7
                        labels: { region: eu }
                        databases:
                          - { name: acme, labels: { tier: enterprise } }
                          - { query: select 1, labels: { tier: free } }
                          - { database: shared, schemas: select 2, labels: { shared: true } }
                        """,
                        ServerConfig::read);

        // then
        assertThat(server.uri()).hasToString("skein@10.0.0.5:5433/admin");
        assertThat(server.databasesInFlight()).isEqualTo(7);
        assertThat(server.labels()).isEqualTo(Map.of("region", "eu"));
        assertThat(server.sources())
                .containsExactly(
                        new Named("acme", new TreeMap<>(Map.of("tier", "enterprise"))),
                        new Queried("select 1", new TreeMap<>(Map.of("tier", "free"))),
                        new Schemas("shared", "select 2", new TreeMap<>(Map.of("shared", "true"))));
        assertThat(server.address().password().get()).contains("hunter2");
        assertThat(server.address().port()).isEqualTo(5433);
    }

    @Test
    void everyBoundRefuses() {
        assertThat(Yaml.problems(SMALLEST + "databases-in-flight: 0", ServerConfig::read))
                .singleElement()
                .asString()
                .startsWith("databases-in-flight: ");
        assertThat(Yaml.problems(SMALLEST + "databases-in-flight: 1001", ServerConfig::read))
                .singleElement()
                .asString()
                .startsWith("databases-in-flight: ");
        assertThat(Yaml.problems(SMALLEST.replace("pg-1", "pg/1"), ServerConfig::read))
                .singleElement()
                .asString()
                .startsWith("name: server 'pg/1' is not a name");
        assertThat(Yaml.problems(SMALLEST.replace("{ name: acme }", ""), ServerConfig::read))
                .containsExactly("databases: needs at least one entry");
    }

    @Test
    void oneDatabaseNamedTwiceIsRefused() {
        assertThat(
                        Yaml.problems(
                                SMALLEST.replace(
                                        "{ name: acme }", "{ name: acme }, { name: acme }"),
                                ServerConfig::read))
                .containsExactly("names the database 'acme' twice");
    }

    @Test
    void aMissingPasswordFileIsRefused() {
        assertThat(Yaml.problems(SMALLEST + "password: { file: /nowhere/pw }", ServerConfig::read))
                .containsExactly("password: file /nowhere/pw does not exist");
    }

    @Test
    void aPasswordWrittenDownIsRefusedAndNotShown() {
        // when
        var problems = Yaml.problems(SMALLEST + "password: hunter2", ServerConfig::read);

        // then
        assertThat(problems).singleElement().asString().startsWith("password: ");
        assertThat(problems.toString()).doesNotContain("hunter2");
    }

    @Test
    void aRotatedPasswordIsPickedUp() throws IOException {
        // given
        Path file = directory.resolve("pw");
        Files.writeString(file, "first\n");
        ServerConfig server =
                Yaml.read(SMALLEST + "password: { file: '" + file + "' }", ServerConfig::read);
        assertThat(server.address().password().get()).contains("first");

        // when
        Files.writeString(file, "second\n");

        // then
        assertThat(server.address().password().get()).contains("second");
        assertThat(server.toString()).doesNotContain("first");
    }

    @Test
    void anEntryThatIsTwoThingsIsRefused() {
        for (String entry :
                new String[] {
                    "name: a, query: b",
                    "database: a",
                    "schemas: a",
                    "name: a, database: b, schemas: c",
                    "labels: { a: b }"
                }) {
            assertThat(Yaml.problems(SMALLEST.replace("name: acme", entry), ServerConfig::read))
                    .containsExactly(
                            "databases[0]: needs a name, or a query, or a database with schemas,"
                                    + " and no two of them");
        }
    }
}
