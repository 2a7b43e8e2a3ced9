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
        // A log has an identity once somebody leads, and a backup is taken of one that has.
        system.publish(folder(1));
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

    /** The log is lost, and another one begins. */
    private void forget() {
        system.close();
        system.data().toFile().renameTo(directory.resolve("lost").toFile());
        system.start();
    }

    /** What is told of the first database, line by line. */
    private List<String> history() {
        JsonNode page =
                system.client().get("/databases/pg/" + system.databases.get(0) + "/history");
        return page.path("items").valueStream().map(JsonNode::toString).toList();
    }

    private ObjectNode all() {
        ObjectNode body = because();
        system.databases.forEach(each -> body.withArray("databases").add("pg/" + each));
        return body;
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
        return system.open(STRATEGY, folder(migrations));
    }

    private Path folder(int migrations) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("v" + migrations));
        for (int number = 1; number <= migrations; number++) {
            Files.writeString(
                    folder.resolve("000" + number + "_shelf.up.sql"),
                    "create table shelf_" + number + " (id int);");
        }
        return folder;
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
    void lostTailOfTheLogIsMadeGoodAndTheRolloutGoesOn() throws IOException, SQLException {
        // given
        completed(1);
        String last = completed(2);
        restore();
        // when
        String rollout = completed(3);
        // then
        assertThat(databasesOf(rollout))
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.path("epoch").asInt()).isEqualTo(3));
        assertThat(history()).anyMatch(each -> each.contains("the ledger holds epoch 2"));
        assertThat(history()).anyMatch(each -> each.contains("of rollout " + last));
        assertTables(3);
    }

    @Test
    void epochOfAnotherRolloutIsNotTakenForTheOrders() throws IOException, SQLException {
        // given: the next order has the very epoch that the ledger holds
        completed(1);
        restore();
        // when
        String rollout = completed(2);
        // then
        assertThat(databasesOf(rollout))
                .allSatisfy(each -> assertThat(each.path("epoch").asInt()).isEqualTo(2));
        assertTables(2);
    }

    @Test
    void databasesOfAnotherLogFailWithTheReasonAndAreTakenIntoThisOneByOneVerb()
            throws IOException, SQLException {
        // given
        String last = completed(1);
        forget();
        // when
        String rollout = open(2);
        system.untilPhase(rollout, "paused");
        // then
        assertThat(databasesOf(rollout))
                .hasSize(2)
                .allSatisfy(
                        each -> {
                            assertThat(each.path("state").asText()).isEqualTo("failed");
                            assertThat(each.path("reason").asText())
                                    .contains("obeys another log")
                                    .contains("of rollout " + last)
                                    .contains("--ledger");
                        });
        ObjectNode both = all();
        both.put("repair", "ledger");
        system.ask(rollout, "repair", both);
        system.untilPhase(rollout, "completed");
        assertThat(history()).anyMatch(each -> each.contains("has been taken into this one"));
        assertTables(2);
        completed(3);
        assertTables(3);
    }

    @Test
    void rolloutOverDatabasesOfAnotherLogCanBeAborted() throws IOException, SQLException {
        // given
        completed(1);
        forget();
        String rollout = open(2);
        system.untilPhase(rollout, "paused");
        // when
        system.ask(rollout, "abort", because());
        // then
        system.untilPhase(rollout, "aborted");
        assertTables(1);
    }

    @Test
    void databasesOfAnotherLogCanBeLeftOut() throws IOException, SQLException {
        // given
        completed(1);
        forget();
        String rollout = open(2);
        system.untilPhase(rollout, "paused");
        // when
        system.ask(rollout, "skip", all());
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
