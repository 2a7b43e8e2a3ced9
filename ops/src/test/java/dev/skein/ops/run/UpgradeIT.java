package dev.skein.ops.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.embedded.testing.TestServers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data directory and two ledgers that the version before logs had identities wrote: one rollout,
 * completed, of one migration.
 */
@Timeout(180)
class UpgradeIT {
    private static final String STRATEGY = "waves: [{name: all, percent: 100}]";
    private static final List<String> DATABASES = List.of("upgrade_one", "upgrade_two");

    @TempDir private Path directory;
    private StandaloneFixture system;

    @BeforeEach
    void putInPlace() throws IOException {
        for (String database : DATABASES) {
            TestServers.postgres().execute("postgres", "drop database if exists " + database);
            TestServers.postgres().execute("postgres", "create database " + database);
            TestServers.postgres().execute(database, text(database + ".sql"));
        }
        system = new StandaloneFixture(directory, DATABASES);
        unpack();
        system.start();
    }

    private static InputStream resource(String name) {
        return UpgradeIT.class.getResourceAsStream("/upgrade/" + name);
    }

    private static String text(String name) throws IOException {
        try (InputStream in = resource(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void unpack() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(resource("data.zip"))) {
            for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
                Path file = directory.resolve(each.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
    }

    private static String value(String database, String sql) throws SQLException {
        try (Connection connection = TestServers.postgres().connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    @Test
    void logAndLedgersOfBeforeAreReadMigratedForwardAndUsed() throws IOException, SQLException {
        // given
        JsonNode before = system.client().get("/rollouts").path("items").path(0);
        assertThat(before.path("phase").asText()).isEqualTo("completed");
        assertThat(value("upgrade_one", "select version from skein.format")).isEqualTo("1");
        Path folder = Files.createDirectories(directory.resolve("plan"));
        Files.writeString(folder.resolve("0001_shelf.up.sql"), "create table shelf_1 (id int);\n");
        Files.writeString(folder.resolve("0001_shelf.down.sql"), "drop table shelf_1;\n");
        Files.writeString(folder.resolve("0002_shelf.up.sql"), "create table shelf_2 (id int);\n");
        // when
        String rollout = system.open(STRATEGY, folder);
        system.untilPhase(rollout, "completed");
        // then
        for (String database : DATABASES) {
            assertThat(value(database, "select version from skein.format")).isEqualTo("2");
            assertThat(value(database, "select to_regclass('shelf_2')")).isEqualTo("shelf_2");
            assertThat(value(database, "select epoch from skein.target")).isEqualTo("2");
            assertThat(value(database, "select count(*) from skein.ledger where kind = 'done'"))
                    .isEqualTo("2");
            assertThat(value(database, "select database_name from skein.origin"))
                    .isEqualTo(database);
        }
        assertThat(value("upgrade_one", "select log from skein.origin"))
                .startsWith("log-")
                .isEqualTo(value("upgrade_two", "select log from skein.origin"));
        String first = before.path("id").asText();
        assertThat(system.client().get("/rollouts/" + first).path("phase").asText())
                .isEqualTo("completed");
    }

    @AfterEach
    void stop() {
        system.close();
    }
}
