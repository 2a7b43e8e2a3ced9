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
import org.junit.jupiter.api.io.TempDir;

/** The row of Knex's lock table keeps a person's run and an agent apart. */
@NeedsTool(Tool.KNEX)
class KnexLockIT extends FrameworkLockContract {
    private static final String LOCKED = "select is_locked from knex_migrations_lock";

    @TempDir private static Path directory;

    private static KnexFiles files;
    private static Plan plan;

    @BeforeAll
    static void record() {
        files = KnexFiles.in(directory);
        files.migration("1_done.js", KnexFiles.raw(CREATE_DONE), KnexFiles.raw("drop table done"));
        files.migration("2_note.js", noting("2"), unnoting("2"));
        files.migration(
                "3_gate.js", KnexFiles.raw(MigrationGate.PASS) + noting("3"), unnoting("3"));
        files.migration("4_note.js", noting("4"), unnoting("4"));
        plan = files.plan();
    }

    private static String noting(String what) {
        return KnexFiles.raw(note(what));
    }

    private static String unnoting(String what) {
        return KnexFiles.raw("delete from done where what = '" + what + "'");
    }

    @Override
    Plan plan() {
        return plan;
    }

    @Override
    String notes() {
        return "2 3 4";
    }

    @Override
    String appliedByAgent() {
        return "1_done.js 2_note.js 3_gate.js 4_note.js";
    }

    @Override
    void applyFirst(Tenant tenant) {
        files.hand(tenant).migrate("up");
    }

    @Override
    CompletableFuture<Ran> startPerson(Tenant tenant) {
        return files.hand(tenant).start("latest");
    }

    @Override
    String doneByPerson() {
        return "Batch 2 run: 3 migrations";
    }

    @Override
    String agentsReason() {
        return "the lock in \"public\".\"knex_migrations_lock\" is taken by a run of knex: pid ";
    }

    @Override
    String[] refusal() {
        return new String[] {
            "Can't take lock to run migrations: Migration table is already locked"
        };
    }

    @Override
    void assertNothingLeft(Tenant tenant) {
        assertThat(tenant.text(LOCKED)).isEqualTo("0");
        assertThat(files.hand(tenant).migrate("list"))
                .contains(
                        "Found 4 Completed Migration file/files.",
                        "No Pending Migration files Found.");
        assertThat(files.hand(tenant).migrate("latest")).contains("Already up to date");
    }

    @Test
    void p6TheAgentWaitsForAPersonsKnexThatIsInNoTransaction() {
        KnexFiles outside = files.first(4, skein.directory());
        outside.outside("4_note.js", noting("4"), unnoting("4"));
        Tenant tenant = tenant();
        MigrationGate gate = new MigrationGate(tenant).close();
        skein.start();
        CompletableFuture<Ran> person = outside.hand(tenant).start("latest");
        gate.awaitPerson();

        Rollout rollout = skein.open(plan, RolloutStrategies.ALL);
        awaitReason(rollout, tenant, "if no knex is at work there it is stuck");

        gate.open();
        person.join().requireDone();
        rollout.awaitCompleted();
        assertThat(tenant.applied()).isEmpty();
        assertAllDoneOnce(tenant);
    }

    @Test
    void p6AStuckLockIsRefusedAndMendedOnlyWhenAsked() {
        Tenant tenant = tenant();
        applyFirst(tenant);
        tenant.execute("update knex_migrations_lock set is_locked = 1");
        skein.start();

        Rollout rollout = skein.open(plan, RolloutStrategies.ALL);
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
        awaitReason(rollout, tenant, ", attempt 3, ");
        assertThat(tenant.text(LOCKED)).isEqualTo("1");
        assertThat(tenant.applied()).isEmpty();

        rollout.awaitState(tenant, "unreachable");
        rollout.verb("repair", "{ databases: [ " + tenant + " ] }");
        rollout.awaitCompleted();
        assertAllDoneOnce(tenant);
    }
}
