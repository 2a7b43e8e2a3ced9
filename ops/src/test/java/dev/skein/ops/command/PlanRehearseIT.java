package dev.skein.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.client.FakeSkeinServer;
import dev.skein.ops.rehearse.Scratch;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.RehearsedStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.TableLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class PlanRehearseIT {
    private static final Migration CUSTOMER =
            Scratch.reversible(
                    "1", "create table customer (id int primary key);", "drop table customer;");
    private static final Migration NAME =
            Scratch.reversible(
                    "2",
                    "alter table customer add name text;",
                    "alter table customer drop column name;");

    @TempDir private Path directory;

    private Path plan(Migration... migrations) {
        Path file = directory.resolve("shop.json");
        PlanFile.of("shop", Scratch.plan(migrations)).write(file);
        return file;
    }

    private static Said rehearse(Path plan, String... more) {
        String[] words = {"plan", "rehearse", plan.toString(), "--scratch", Scratch.uri()};
        String[] all = new String[words.length + more.length];
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return Said.by(all);
    }

    @Test
    void whatEveryStepDidIsPrintedAndRecordedWithThePlan() {
        Path file = plan(CUSTOMER, NAME);
        String before = PlanFile.read(file).id().value();

        Said said = rehearse(file).done();

        PlanFile rehearsed = PlanFile.read(file);
        assertThat(said.out())
                .contains("MIGRATION  STEP    TIME", "AccessExclusive public.customer")
                .contains("2 migrations down and up again: the schema of before came back")
                .contains("recorded in " + file)
                .contains("plan " + before + " is now " + rehearsed.id());
        Plan plan = rehearsed.plan();
        RehearsedStep up = plan.rehearsal().orElseThrow().step("2", true, 0).orElseThrow();
        RehearsedStep down = plan.rehearsal().orElseThrow().step("2", false, 0).orElseThrow();
        assertThat(up.locks())
                .containsExactly(new TableLock("public.customer", "AccessExclusiveLock"));
        assertThat(up.changes()).extracting("object").contains("column public.customer.name");
        assertThat(up.before()).isEqualTo(down.after()).isNotEqualTo(up.after());
        assertThat(up.after()).isEqualTo(down.before());
        assertThat(plan.rehearsal().orElseThrow().steps()).hasSize(4);
    }

    @Test
    void terminalIsSparedTheLogOfTheEngine() {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.setLevel(Level.INFO);
        root.addAppender(log);
        try {
            rehearse(plan(CUSTOMER, NAME)).done();
        } finally {
            root.detachAppender(log);
        }

        assertThat(log.list).isEmpty();
    }

    @Test
    void anotherFileIsWrittenWhereOneIsNamed() {
        Path file = plan(CUSTOMER);
        Path other = directory.resolve("rehearsed.json");

        rehearse(file, "-o", other.toString()).done();

        assertThat(PlanFile.read(file).plan().rehearsal()).isEmpty();
        assertThat(PlanFile.read(other).plan().rehearsal()).isPresent();
    }

    @Test
    void fleetOfAnotherMajorVersionIsWarnedOfWhereItsServerIsNamed() throws IOException {
        String agents =
                "{\"items\": [{\"servers\": [{\"server\": \"pg-old\", \"version\": \"9.6.1\"},"
                        + " {\"server\": \"pg-silent\"}]}], \"total\": 1}";
        try (FakeSkeinServer server = FakeSkeinServer.answering(200, agents)) {
            Path file = plan(CUSTOMER);

            Said said = rehearse(file, "--server", server.uri().toString()).done();

            assertThat(said.err())
                    .contains("servers of the fleet run another major version: pg-old (9.6.1);")
                    .doesNotContain("pg-silent");
            server.answers(503, "{}");
            assertThat(rehearse(file, "--server", server.uri().toString()).done().err())
                    .contains("which versions the fleet's servers have is not known");
            assertThat(PlanFile.read(file).plan().rehearsal()).isPresent();
        }
    }

    @Test
    void stepThatFailsEndsTheRehearsal() {
        Path file =
                plan(
                        Scratch.reversible(
                                "1", "create table a (id int);\n\nalter table b\n add x int;", ""));

        Said said = rehearse(file).endedWith(1);

        assertThat(said.err())
                .isEqualTo(
                        "skein: the rehearsal ended early: step 1 of 1 up of 1 (1_change.up.sql)"
                                + " failed: relation \"b\" does not exist, line 3 of the step"
                                + " [42P01]\n");
        assertThat(PlanFile.read(file).plan().rehearsal()).isEmpty();
    }

    @Test
    void placeOfAnErrorIsSaidWhereTheServerKnowsIt() {
        String script = "select 1;\n\nselect wrong;";
        Path file = plan(Scratch.file("1", script));

        assertThat(rehearse(file).endedWith(1).err())
                .isEqualTo(
                        "skein: the rehearsal ended early: step 1 of 1 up of 1 (1_change.up.sql)"
                                + " failed: column \"wrong\" does not exist, line 3 (statement 2)"
                                + " [42703]\n");
    }

    @Test
    void extensionThatTheServerLacksIsAnswered() {
        Path file = plan(Scratch.reversible("1", "create extension postgis;", ""));

        assertThat(rehearse(file).endedWith(1).err())
                .contains("extension \"postgis\" is not available")
                .endsWith(
                        "; this server lacks the extension: name one that has it with"
                                + " --scratch\n");
    }

    @Test
    void downThatFailsIsNamedAndTheRestIsStillTried() {
        Migration broken =
                Scratch.reversible(
                        "2", "alter table customer add name text;", "drop table nowhere;");
        Migration last = Scratch.reversible("3", "create table last ();", "drop table last;");
        Path file = plan(CUSTOMER, broken, last);

        Said said = rehearse(file).endedWith(1);

        assertThat(said.out())
                .contains("2 migrations down and up again")
                .contains(
                        "1 migration whose down failed:\n"
                                + "  2 (2_change.up.sql): step 1 of 1 down of 2 (2_change.up.sql)"
                                + " failed: table \"nowhere\" does not exist, line 1 of the step"
                                + " [42P01]\n");
        assertThat(said.err())
                .isEqualTo(
                        "skein: the rehearsal failed and is not recorded; plan file "
                                + file
                                + " is as it was; --accept-failed-downs records it"
                                + " nevertheless\n");
        assertThat(PlanFile.read(file).plan().rehearsal()).isEmpty();

        Said accepted = rehearse(file, "--accept-failed-downs").done();

        assertThat(accepted.out())
                .contains("1 migration whose down failed:\n  2 (2_change.up.sql)");
        assertThat(PlanFile.read(file).plan().rehearsal()).isPresent();
    }

    @Test
    void downThatLeavesAnotherSchemaIsNamedWithTheObjects() {
        Migration careless =
                Scratch.reversible(
                        "1",
                        "create table if not exists a (id int); create sequence if not exists s;",
                        "drop table a;");

        assertThat(rehearse(plan(careless)).done().out())
                .contains(
                        "1 migration whose down does not bring back the schema of before:\n"
                                + "  1 (1_change.up.sql): after its down these are not as before:"
                                + " sequence public.s (was not there)\n");
    }

    @Test
    void migrationWithoutADownIsListed() {
        Migration oneWay = Scratch.plan("create table a (id int);").migrations().get(0);

        assertThat(rehearse(plan(oneWay)).done().out())
                .contains("1 migration without a down:\n  1 (1_change.up.sql)\n");
    }

    @Test
    void statementOutsideOfATransactionRunsAsTheAgentRunsIt() {
        Migration index =
                Scratch.migration(
                        "2",
                        List.of(
                                new StatementStep(
                                        List.of("set maintenance_work_mem = '32MB'"),
                                        "create index concurrently customer_id on customer (id)",
                                        new Probe.IndexCreated(
                                                Optional.empty(), "customer", "customer_id"))),
                        Optional.of(
                                List.of(
                                        new StatementStep(
                                                List.of(),
                                                "drop index concurrently customer_id",
                                                new Probe.IndexDropped(
                                                        Optional.empty(), "customer_id")))));

        assertThat(rehearse(plan(CUSTOMER, index)).done().out())
                .contains("2 migrations down and up again");
    }

    @Test
    void checkQueriesAreAskedBeforeAndAfter() throws IOException {
        Path checks =
                Files.writeString(
                        directory.resolve("checks.yaml"),
                        "checks:\n"
                                + "  - { name: tables, query: select count(*) from pg_tables"
                                + " where schemaname = 'public', expected: 1 }\n"
                                + "  - { name: customers, query: select count(*) from customer }\n"
                                + "  - { name: one, query: \"select 1, 2\" }\n");

        assertThat(rehearse(plan(CUSTOMER), "--check", checks.toString()).done().out())
                .contains("check 'tables' passed: 1, as expected\n")
                .contains(
                        "check 'customers' changed: before not to be asked: line 1: relation"
                                + " \"customer\" does not exist [42P01], after 0\n")
                .contains("check 'one' same: before 1, 2, after 1, 2\n");
    }

    @Test
    void answerThatIsNotTheExpectedOneFailsTheRehearsal() throws IOException {
        Path checks =
                Files.writeString(
                        directory.resolve("checks.yaml"),
                        "checks: [{ name: two, query: select 1, expected: 2 }]\n");

        assertThat(rehearse(plan(CUSTOMER), "--check", checks.toString()).endedWith(1).out())
                .contains("check 'two' FAILED: expected 2, got 1 (before the plan 1)\n");
    }

    @Test
    void copyOfATemplateHasItsRows() throws IOException {
        String template = TestServers.freshDatabase("template");
        TestServers.postgres()
                .execute(template, "create table old (id int); insert into old values (7)");
        Path checks =
                Files.writeString(
                        directory.resolve("checks.yaml"),
                        "checks: [{ name: rows, query: select id from old, expected: 7 }]\n");

        Said said = rehearse(plan(CUSTOMER), "--template", template, "--check", checks.toString());

        assertThat(said.done().out()).contains("on copies of " + template);
    }

    @Test
    void templateIsOfTheUsersServer() {
        Said.by("plan", "rehearse", plan(CUSTOMER).toString(), "--template", "shop")
                .refused(
                        "--template 'shop' is a database of the server of --scratch; name that"
                                + " too");
    }

    @Test
    void templateThatIsNotThereIsSaid() {
        assertThat(rehearse(plan(CUSTOMER), "--template", "nowhere").endedWith(1).err())
                .contains("the rehearsal ended early: create database")
                .contains("template database \"nowhere\" does not exist");
    }

    @Test
    void reportIsJsonForPrograms() {
        JsonNode report = rehearse(plan(CUSTOMER), "--output", "json").json();

        assertThat(report.path("waysBack").get(0).path("verdict").asText())
                .isEqualToIgnoringCase("proven");
        assertThat(report.path("rehearsal").path("steps")).hasSize(2);
    }
}
