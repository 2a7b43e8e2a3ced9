package dev.skein.ops.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.client.ServerRefused;
import dev.skein.protocol.codec.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log is put back to what a backup holds, and the databases have gone on since. */
@Timeout(180)
class RestoredLogIT {
    private static final String STRATEGY = "waves: [{name: all, percent: 100}]";

    @TempDir private Path directory;
    private StandaloneFixture system;

    @BeforeEach
    void backUp() throws IOException {
        system = new StandaloneFixture(directory).start();
        system.close();
        copy(system.data(), backup());
        system.start();
    }

    private Path backup() {
        return directory.resolve("backup");
    }

    private void restore() {
        system.close();
        system.data().toFile().renameTo(directory.resolve("lost").toFile());
        copy(backup(), system.data());
        system.start();
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A rollout of the first so many migrations, each of which creates a table. */
    private String open(int migrations) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("v" + migrations));
        for (int number = 1; number <= migrations; number++) {
            Files.writeString(
                    folder.resolve("000" + number + "_shelf.up.sql"),
                    "create table shelf_" + number + " (id int);");
        }
        return system.open(STRATEGY, folder);
    }

    private String completed(int migrations) throws IOException {
        String rollout = open(migrations);
        system.untilPhase(rollout, "completed");
        return rollout;
    }

    private List<JsonNode> databasesOf(String rollout) {
        JsonNode page = system.client().get("/rollouts/" + rollout + "/databases");
        return page.path("items").valueStream().toList();
    }

    private static ObjectNode because() {
        return Json.mapper().createObjectNode().put("reason", "the log was restored");
    }

    private void assertTables(int tables) throws SQLException {
        for (String database : system.databases) {
            try (Connection connection = TestServers.postgres().connect(database);
                    Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery(
                                    "select count(*) from pg_tables where tablename like"
                                            + " 'shelf%'")) {
                rows.next();
                assertThat(rows.getInt(1)).as(database).isEqualTo(tables);
            }
        }
    }

    @Test
    void databasesFailWithTheReasonAndARetryIsCarriedOut() throws IOException, SQLException {
        // given
        completed(1);
        String last = completed(2);
        restore();
        // when
        String rollout = open(3);
        system.untilPhase(rollout, "paused");
        // then
        assertThat(databasesOf(rollout))
                .hasSize(2)
                .allSatisfy(
                        each -> {
                            assertThat(each.path("state").asText()).isEqualTo("failed");
                            assertThat(each.path("reason").asText())
                                    .contains("order 1 of rollout " + rollout)
                                    .contains("the ledger holds epoch 2, of rollout " + last);
                        });
        system.ask(rollout, "retry", Json.mapper().createObjectNode());
        system.untilPhase(rollout, "completed");
        assertThat(databasesOf(rollout))
                .allSatisfy(each -> assertThat(each.path("epoch").asInt()).isEqualTo(3));
        assertTables(3);
    }

    @Test
    void epochOfAnotherRolloutIsNoticedTooAndAnAbortMakesWayForTheNext()
            throws IOException, SQLException {
        // given: the next order has the very epoch that the ledger holds
        String last = completed(1);
        restore();
        String rollout = open(2);
        system.untilPhase(rollout, "paused");
        assertThat(databasesOf(rollout))
                .allSatisfy(
                        each ->
                                assertThat(each.path("reason").asText())
                                        .contains("epoch 1, of rollout " + last));
        // when
        system.ask(rollout, "abort", because());
        system.untilPhase(rollout, "aborted");
        // then
        completed(2);
        assertTables(2);
    }

    @Test
    void databasesCanBeLeftOut() throws IOException, SQLException {
        // given
        completed(1);
        restore();
        String rollout = open(2);
        system.untilPhase(rollout, "paused");
        ObjectNode both = because();
        system.databases.forEach(each -> both.withArray("databases").add("pg/" + each));
        // when
        system.ask(rollout, "skip", both);
        // then
        assertThat(databasesOf(rollout))
                .allSatisfy(each -> assertThat(each.path("state").asText()).isEqualTo("skipped"));
        assertThatExceptionOfType(ServerRefused.class)
                .isThrownBy(() -> system.ask(rollout, "retry", Json.mapper().createObjectNode()))
                .withMessageContaining("nothing to retry");
        assertTables(1);
    }

    @AfterEach
    void stop() {
        system.close();
    }
}
