package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Ran;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** P6: a person who runs Knex and an agent keep each other out by Knex's own lock. */
@NeedsTool(Tool.KNEX)
class KnexLockIT {
    private static final String ALL = "waves: [{ name: all }]";
    private static final String DONE = "select string_agg(what, ' ' order by what) from done";
    private static final String LOCKED = "select is_locked from knex_migrations_lock";

    @TempDir private static Path directory;

    private static KnexFiles files;
    private static Plan plan;

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @BeforeAll
    static void record() {
        files = KnexFiles.in(directory);
        files.migration(
                "1_done.js",
                KnexFiles.raw("create table done (what text)"),
                KnexFiles.raw("drop table done"));
        files.migration("2_note.js", note("2"), unnote("2"));
        files.migration("3_gate.js", KnexFiles.raw(Gate.PASS) + note("3"), unnote("3"));
        files.migration("4_note.js", note("4"), unnote("4"));
        plan = files.plan();
    }

    private static String note(String what) {
        return KnexFiles.raw("insert into done values ('" + what + "')");
    }

    private static String unnote(String what) {
        return KnexFiles.raw("delete from done where what = '" + what + "'");
    }

    @Test
    void p6TheAgentWaitsForAPersonsKnexAndSaysSo() {
        Tenant tenant = skein.tenant("a1");
        Gate gate = new Gate(tenant).close();
        files.hand(tenant).migrate("up");
        skein.start();
        CompletableFuture<Ran> person = files.hand(tenant).start("latest");
        gate.awaitPerson();

        Rollout rollout = skein.open(plan, ALL);
        rollout.awaitTarget(
                tenant,
                "waits for Knex",
                each ->
                        each.path("reason")
                                .asText()
                                .contains(
                                        "the lock in \"public\".\"knex_migrations_lock\" is taken"
                                                + " by a run of knex: pid "));

        gate.open();
        person.join().requireDone();
        rollout.awaitCompleted();
        assertThat(tenant.applied()).isEmpty();
        assertAllDoneOnce(tenant);
    }

    @Test
    void p6TheAgentWaitsForAPersonsKnexThatIsInNoTransaction() {
        Path elsewhere = skein.directory();
        KnexFiles outside = files.first(4, elsewhere);
        outside.outside("4_note.js", note("4"), unnote("4"));
        Tenant tenant = skein.tenant("a1");
        Gate gate = new Gate(tenant).close();
        skein.start();
        CompletableFuture<Ran> person = outside.hand(tenant).start("latest");
        gate.awaitPerson();

        Rollout rollout = skein.open(plan, ALL);
        rollout.awaitTarget(
                tenant,
                "waits for Knex",
                each ->
                        each.path("reason")
                                .asText()
                                .contains("if no knex is at work there it is stuck"));

        gate.open();
        person.join().requireDone();
        rollout.awaitCompleted();
        assertThat(tenant.applied()).isEmpty();
        assertAllDoneOnce(tenant);
    }

    @Test
    void p6APersonsKnexIsKeptOutWhileTheAgentWorks() {
        Tenant tenant = skein.tenant("a1");
        Gate gate = new Gate(tenant).close();
        skein.start();
        Rollout rollout = skein.open(plan, ALL);
        gate.awaitAgent();

        Ran person = files.hand(tenant).run("latest");

        assertThat(person.exitCode()).isNotZero();
        assertThat(person.output())
                .contains("Can't take lock to run migrations: Migration table is already locked");
        gate.open();
        rollout.awaitCompleted();
        assertThat(tenant.applied()).isEqualTo("1_done.js 2_note.js 3_gate.js 4_note.js");
        assertAllDoneOnce(tenant);
    }

    @Test
    void p6AStuckLockIsRefusedAndMendedOnlyWhenAsked() {
        Tenant tenant = skein.tenant("a1");
        files.hand(tenant).migrate("up");
        tenant.execute("update knex_migrations_lock set is_locked = 1");
        skein.start();

        Rollout rollout = skein.open(plan, ALL);
        JsonNode waits =
                rollout.awaitTarget(
                        tenant,
                        "is shut out",
                        each -> each.at("/failure/code").asText().equals("locked"));

        assertThat(waits.path("reason").asText())
                .contains(
                        "the lock in \"public\".\"knex_migrations_lock\" is taken; if no knex is at"
                                + " work there it is stuck, and 'skein database repair "
                                + tenant
                                + "' or 'knex migrate:unlock' gives it back");
        rollout.awaitTarget(
                tenant,
                "has tried again",
                each -> each.path("reason").asText().contains(", attempt 3, "));
        assertThat(tenant.text(LOCKED)).isEqualTo("1");
        assertThat(tenant.applied()).isEmpty();

        rollout.awaitState(tenant, "unreachable");
        rollout.verb("repair", "{ databases: [ " + tenant + " ] }");
        rollout.awaitCompleted();
        assertAllDoneOnce(tenant);
    }

    private static void assertAllDoneOnce(Tenant tenant) {
        assertThat(tenant.text(DONE)).isEqualTo("2 3 4");
        assertThat(tenant.text(LOCKED)).isEqualTo("0");
        assertThat(files.hand(tenant).migrate("list"))
                .contains(
                        "Found 4 Completed Migration file/files.",
                        "No Pending Migration files Found.");
        assertThat(files.hand(tenant).migrate("latest")).contains("Already up to date");
    }
}
