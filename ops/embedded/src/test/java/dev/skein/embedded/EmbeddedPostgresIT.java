package dev.skein.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddedPostgresIT {
    /** PostgreSQL's programs, unpacked once for all servers of this class. */
    private static final Path BINARIES = Path.of("target", "embedded-postgres");

    private static final PostgresSettings SETTINGS =
            PostgresSettings.temporary().withoutDurability().withBinariesDir(BINARIES);

    private static EmbeddedPostgres shared;

    @TempDir private Path directory;

    @BeforeAll
    static void startShared() {
        shared = EmbeddedPostgres.start(SETTINGS);
    }

    @AfterAll
    static void stopShared() {
        shared.close();
    }

    @Test
    void databasesHaveTheNamesAskedFor() throws SQLException {
        // given
        String database = "with Space";
        shared.createDatabase(database);

        // when
        shared.execute(database, "create table t (n int); insert into t values (7)");

        // then
        assertThat(query(shared, database, "select n from t")).isEqualTo("7");
        assertThat(shared.uri(database))
                .startsWith("postgresql://postgres@127.0.0.1:")
                .endsWith("/" + database.replace(" ", "%20"));
    }

    @Test
    void aLongScriptTakesEffectAsAWholeOrNotAtAll() throws SQLException {
        // given
        EmbeddedPostgres postgres = shared;
        String database = "script";
        postgres.createDatabase(database);
        postgres.execute(database, "create table t (n int)");
        String script = "insert into t values (1);".repeat(1000) + "select 1 / 0";

        // when
        assertThatThrownBy(() -> postgres.execute(database, script))

                // then
                .isInstanceOf(EmbeddedFailure.class)
                .hasMessageContaining("division by zero");
        assertThat(query(postgres, database, "select count(*) from t")).isEqualTo("0");
    }

    @Test
    void theServerTakesHundredsOfConnectionsAndListensOnLoopbackOnly() throws SQLException {
        EmbeddedPostgres postgres = shared;

        assertThat(query(postgres, "postgres", "show max_connections")).isEqualTo("500");
        assertThat(query(postgres, "postgres", "show listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(query(postgres, "postgres", "show unix_socket_directories")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void restartKeepsPortAndData(ShutdownMode mode) throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(SETTINGS)) {
            // given
            postgres.execute("postgres", "create table t as select 7 as n");
            int before = postgres.port();

            // when
            postgres.restart(mode);

            // then
            assertThat(postgres.port()).isEqualTo(before);
            assertThat(query(postgres, "postgres", "select n from t")).isEqualTo("7");
        }
    }

    @Test
    void aKeptDirectoryKeepsItsDatabases() throws SQLException {
        // given
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(kept())) {
            postgres.createDatabase("acme");
        }

        // when
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(kept())) {

            // then
            assertThat(query(postgres, "acme", "select current_database()")).isEqualTo("acme");
        }
    }

    @Test
    void aServerThatOutlivedItsParentIsStoppedByTheNextStart() throws Exception {
        // given
        Path home = directory.toRealPath();
        Process parent = KilledParent.launch(home, BINARIES.toAbsolutePath());
        parent.getInputStream().read();
        parent.destroyForcibly().waitFor();
        ProcessHandle orphan = KilledParent.postmaster(home);
        assertThat(orphan.isAlive()).isTrue();

        // when
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(kept())) {

            // then
            assertThat(KilledParent.postmaster(home)).isNotEqualTo(orphan);
            assertThat(query(postgres, "acme", "select current_database()")).isEqualTo("acme");
        }
    }

    @Test
    void aPidFileWhoseProcessIsSomethingElseByNowIsNoObstacle() throws Exception {
        // given
        EmbeddedPostgres.start(kept()).close();
        Path home = directory.toRealPath();
        String pidOfThisTest = Long.toString(ProcessHandle.current().pid());
        Files.writeString(home.resolve("data/postmaster.pid"), pidOfThisTest);

        // when
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(kept())) {

            // then
            assertThat(query(postgres, "postgres", "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aDirectoryInUseIsRefusedAndItsOwnerCarriesOn() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(kept())) {
            // when
            assertThatThrownBy(() -> EmbeddedPostgres.start(kept()))

                    // then
                    .isInstanceOf(EmbeddedFailure.class)
                    .hasMessageContaining("is in use")
                    .hasMessageContaining(directory.toRealPath().toString());
            assertThat(query(postgres, "postgres", "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            // given
            PostgresSettings settings = SETTINGS.withPort(taken.getLocalPort());

            // when
            assertThatThrownBy(() -> EmbeddedPostgres.start(settings))

                    // then
                    .isInstanceOf(EmbeddedFailure.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsNamed() throws IOException {
        // given
        Path file = Files.writeString(directory.resolve("file"), "");

        // when
        assertThatThrownBy(() -> EmbeddedPostgres.start(PostgresSettings.keptIn(file)))

                // then
                .isInstanceOf(EmbeddedFailure.class)
                .hasMessageContaining(file + " is not a directory");
    }

    @Test
    void aSettingThatPostgresRefusesIsReportedInItsOwnWords() {
        // given
        PostgresSettings settings = SETTINGS.withServerSettings(Map.of("max_connections", "lots"));

        // when
        assertThatThrownBy(() -> EmbeddedPostgres.start(settings))

                // then
                .isInstanceOf(EmbeddedFailure.class)
                .hasMessageContaining("invalid value for parameter \"max_connections\": \"lots\"");
    }

    private PostgresSettings kept() {
        return PostgresSettings.keptIn(directory).withoutDurability().withBinariesDir(BINARIES);
    }

    private static String query(EmbeddedPostgres postgres, String database, String sql)
            throws SQLException {
        try (Connection connection = postgres.connect(database);
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
