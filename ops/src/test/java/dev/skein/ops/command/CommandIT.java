package dev.skein.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.embedded.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A person's whole work, typed. */
class CommandIT {
    @RegisterExtension
    private static final CommandFleet FLEET =
            new CommandFleet("life", "odd", "steer", "edit", "bad");

    @TempDir private Path directory;
    private Path migrations;
    private String plan;

    @BeforeEach
    void twoMigrations() throws IOException {
        migrations = Files.createDirectory(directory.resolve("migrations"));
        plan = directory.resolve("shop.json").toString();
        migration("0001_customer", "create table customer (id int);", "drop table customer;");
        migration("0002_invoice", "create table invoice (id int);", "drop table invoice;");
        build();
    }

    private void migration(String name, String up, String down) throws IOException {
        Files.writeString(migrations.resolve(name + ".up.sql"), up);
        Files.writeString(migrations.resolve(name + ".down.sql"), down);
    }

    private Said build() {
        return Said.by("plan", "build", migrations.toString(), "--format", "sql", "-o", plan);
    }

    private String strategy(String group, String waves) throws IOException {
        Path file = directory.resolve("strategy.yaml");
        String select = "select: { labels: { group: " + group + " } }\n";
        return Files.writeString(file, select + waves).toString();
    }

    private String open(String group, String waves) throws IOException {
        return FLEET.said(
                        "rollout",
                        "open",
                        "--plan",
                        plan,
                        "--strategy",
                        strategy(group, waves),
                        "--output",
                        "json")
                .json()
                .path("id")
                .asText();
    }

    @Test
    void planIsBuiltShownAndPublished() {
        assertThat(build().done().out())
                .contains("shop (sql): 2 migrations in 2 steps, up to version 0002")
                .contains("written to " + plan);
        assertThat(Said.by("plan", "show", plan, "--sql").done().out())
                .contains("0001     customer", "create table customer (id int);")
                .contains("-- down 0002_invoice", "drop table invoice;");
        JsonNode published = FLEET.said("plan", "publish", plan, "--output", "json").json();
        String id = published.path("id").asText();
        assertThat(FLEET.said("plan", "publish", plan, "--name", "other").done().out())
                .contains("rollout open --plan " + id.substring(0, 12));
        assertThat(FLEET.say("plan show").done().out()).contains(id.substring(0, 12));
        assertThat(FLEET.say("plan list").done().out()).contains(id.substring(0, 12), "shop");
        assertThat(FLEET.say("plan list -o json").json().path("items")).isNotEmpty();
        assertThat(FLEET.say("plan show --output json").json().path("items")).isNotEmpty();
        JsonNode shown = FLEET.say("plan show " + id.substring(0, 8) + " --output json").json();
        assertThat(shown.path("content").path("migrations")).hasSize(2);
    }

    @Test
    void rolloutGoesOutWaitsForApprovalCompletesAndIsTakenBack() throws IOException {
        // A rollout that waits for a person ends the watch, in lines, with code 1.
        String waves =
                "waves:\n"
                        + "  - { name: canary, count: 1, approval: required }\n"
                        + "  - { name: everyone, percent: 100 }\n";
        String rollout = open("life", waves);
        Said waiting = FLEET.say("rollout watch " + rollout + " --exit-when-waiting");
        assertThat(waiting.endedWith(1).out()).contains(rollout + " awaiting-approval");
        JsonNode status = FLEET.say("rollout status " + rollout + " -o json").json();
        String approve =
                "rollout approve " + rollout + " --digest " + status.path("digest").asText();
        assertThat(FLEET.say("rollout status " + rollout).done().out())
                .contains("next, one of\n  skein " + approve)
                .contains("canary    awaiting-approval  1          0/0            applied 1");
        // A digest that was not looked at is refused; the right one lets the next wave go.
        FLEET.say("rollout approve " + rollout + " --digest 0123456789abcdef")
                .refusedByState("digest");
        FLEET.say(approve).done();
        assertThat(FLEET.say("rollout watch " + rollout).done().out())
                .contains(rollout + " completed (2 applied, 0 failed, 0 rolled back)");
        looksRight(rollout);
        // Back.
        FLEET.say("rollout rollback " + rollout + " --all --reason enough").done();
        FLEET.say("rollout watch " + rollout).done();
        assertThat(FLEET.untilPhase(rollout, "rolled-back").path("counts").toString())
                .isEqualTo("{\"rolled-back\":2}");
    }

    private static void looksRight(String rollout) {
        String first = CommandFleet.id("life", 1);
        assertThat(FLEET.say("rollout status " + rollout + " --databases").done().out())
                .contains("DATABASE", first, "2/2");
        String ofWave = "rollout status " + rollout + " --wave canary --state applied -o json";
        assertThat(FLEET.say(ofWave).json().path("databaseList")).hasSize(1);
        assertThat(FLEET.say("rollout list").done().out()).contains(rollout);
        assertThat(FLEET.say("rollout list -o json").json().path("items")).isNotEmpty();
        assertThat(FLEET.say("fleet").done().out()).contains("10 databases, 1 agent");
        assertThat(FLEET.say("fleet --label group=life").done().out().lines()).hasSize(3);
        String atVersion = "fleet --label group=life --db-version 0002 --state applied -o json";
        assertThat(FLEET.say(atVersion).json().path("items")).hasSize(2);
        assertThat(FLEET.say("agents").done().out()).contains("standalone  pg", "10");
        assertThat(FLEET.say("agents -o json").json().path("items")).hasSize(1);
        assertThat(FLEET.say("database " + first + " --history").done().out())
                .contains("version  0002", "group=life", "database-applied");
        assertThat(FLEET.say("database " + first + " --history -o json").json().path("history"))
                .isNotEmpty();
    }

    @Test
    void failedDatabasesAreRetriedOrSkipped() throws IOException {
        // given
        TestServers.postgres()
                .execute(CommandFleet.database("odd", 1), "create table invoice (x int)");
        TestServers.postgres()
                .execute(CommandFleet.database("odd", 2), "create table invoice (x int)");
        String rollout = open("odd", "waves: [{ name: all, percent: 100 }]\nfailure-budget: 1\n");
        FLEET.until(
                "two failures",
                "rollout status " + rollout,
                each -> each.path("failuresTotal").asInt() == 2);
        FLEET.untilPhase(rollout, "paused");
        String failed = CommandFleet.id("odd", 1);
        FLEET.say("database repair " + failed)
                .refusedByState("has nothing to do with the framework's version table or lock");
        FLEET.say("database repair " + failed + " --step-done")
                .refusedByState("no step of it was interrupted");
        FLEET.say("database repair pg/none").refused("pg/none");
        FLEET.say("database repair " + CommandFleet.id("life", 1))
                .refusedByState("has failed in no rollout; there is nothing to repair");
        // when one is left out, and the other mended and retried
        assertThat(FLEET.say("rollout status " + rollout).done().out())
                .contains(CommandFleet.id("odd", 1) + "  failed: step 2/2 of " + rollout)
                .contains(
                        "(0002, up 1): relation \"invoice\" already exists, 0002_invoice.up.sql,"
                                + " line 1 (statement 1); in: create table invoice (id int)\n");
        TestServers.postgres().execute(CommandFleet.database("odd", 1), "drop table invoice");
        String retry = "rollout retry " + rollout + " --database " + CommandFleet.id("odd", 1);
        String skip = "rollout skip " + rollout + " --database " + CommandFleet.id("odd", 2);
        FLEET.say(skip + " --reason leaving").done();
        FLEET.say(retry).done();
        // then
        assertThat(FLEET.untilPhase(rollout, "completed").path("counts").toString())
                .isEqualTo("{\"applied\":1,\"skipped\":1}");
    }

    @Test
    void rolloutIsPausedResumedPromotedAndAborted() throws IOException {
        String waves =
                "waves:\n"
                        + "  - { name: canary, count: 1, soak: 1h }\n"
                        + "  - { name: everyone, percent: 100 }\n";
        String rollout = open("steer", waves);
        FLEET.untilPhase(rollout, "soaking");
        assertThat(FLEET.say("rollout status " + rollout).done().out())
                .contains("before that with\n  skein rollout promote " + rollout);
        FLEET.say("rollout pause " + rollout + " --reason lunch").done();
        FLEET.untilPhase(rollout, "paused");
        assertThat(FLEET.say("rollout status " + rollout).done().out())
                .contains("paused: quiesced, paused by ", ": lunch")
                .contains("next, one of\n", "\n  skein rollout resume " + rollout);
        FLEET.say("rollout pause " + rollout)
                .refusedByState("rollout " + rollout + " is paused already");
        FLEET.say("rollout resume " + rollout).done();
        FLEET.untilPhase(rollout, "soaking");
        FLEET.say("rollout promote " + rollout).done();
        FLEET.say("rollout watch " + rollout).done();
        FLEET.say("rollout resume " + rollout).refusedByState("it has ended, completed");
        abort(open("steer", waves));
    }

    private static void abort(String rollout) {
        FLEET.untilPhase(rollout, "soaking");
        FLEET.say("rollout abort " + rollout + " --reason enough").done();
        Said watched = FLEET.say("rollout watch " + rollout);
        assertThat(watched.endedWith(1).out()).contains(rollout + " aborted");
        FLEET.say("rollout resume " + rollout).refusedByState("it has ended, aborted");
    }

    @Test
    void editedMigrationFailsTheDatabaseWithBothChecksums() throws IOException {
        // given
        String waves = "waves: [{ name: all, percent: 100 }]\n";
        FLEET.say("rollout watch " + open("edit", waves)).done();
        String before = checksum();
        // when
        migration("0001_customer", "create table customer (id bigint);", "drop table customer;");
        migration("0003_more", "create table more (id int);", "drop table more;");
        build().done();
        String rollout = open("edit", waves);
        // then
        JsonNode paused = FLEET.untilPhase(rollout, "paused");
        assertThat(paused.path("failures").path(0).path("reason").asText())
                .contains("0001", before, checksum());
        assertThat(checksum()).isNotEqualTo(before);
        FLEET.say("rollout abort " + rollout).done();
    }

    private String checksum() {
        return Said.by("plan", "show", plan, "--output", "json")
                .json()
                .path("content")
                .path("migrations")
                .path(0)
                .path("checksum")
                .asText()
                .substring(0, 12);
    }

    @Test
    void strategyThatCannotBeCarriedOutIsRefused() throws IOException {
        for (List<String> each :
                List.of(
                        List.of("waves: [{ name: a, percent: 101 }]", "percent", "101"),
                        List.of("waves: []", "waves"),
                        List.of("colour: red\nwaves: [{ name: a, percent: 100 }]", "colour"))) {
            String file = strategy("bad", each.get(0));
            FLEET.said("rollout", "open", "--plan", plan, "--strategy", file)
                    .refused(each.subList(1, each.size()).toArray(String[]::new));
        }
        String nobody = strategy("nobody", "waves: [{ name: a, percent: 100 }]");
        FLEET.said("rollout", "open", "--plan", plan, "--strategy", nobody)
                .refused("no wave takes any of the fleet's 10 databases");
    }

    @Test
    void whatDoesNotExistIsSaidSo() throws IOException {
        FLEET.say("rollout status r-none").refused("no rollout is named r-none");
        FLEET.say("rollout pause r-none").refused("r-none");
        FLEET.say("database pg/none").refused("pg/none");
        FLEET.say("plan show 0123456789abcdef").refused("0123456789abcdef");
        FLEET.say("fleet --state nonsense").refused("'nonsense' is none of pending, ordered");
        FLEET.say("fleet --label nonsense").refused("'nonsense' is not of the form key=value");
        String strategy = strategy("bad", "waves: [{ name: a, percent: 100 }]");
        FLEET.said("rollout", "open", "--plan", "0123456789abcdef", "--strategy", strategy)
                .refused("0123456789abcdef");
    }

    @Test
    void planAboveTheServersSizeLimitIsRefusedWithTheLimit() throws IOException {
        String comment = "-- " + "x".repeat(100_000) + "\n";
        migration("0003_large", comment + "create table large (id int);", "drop table large;");
        build().done();
        FLEET.said("plan", "publish", plan).refused("65536", "body-too-large");
    }
}
