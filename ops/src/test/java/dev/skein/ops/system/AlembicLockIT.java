package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

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

/** P6: a person who runs Alembic, which has no lock, and an agent never do one thing twice. */
@NeedsTool(Tool.ALEMBIC)
class AlembicLockIT {
    private static final String ALL = "waves: [{ name: all }]";
    private static final String DONE = "select string_agg(what, ' ' order by what) from done";

    @TempDir private static Path directory;

    private static AlembicFiles files;
    private static Plan plan;

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @BeforeAll
    static void record() {
        files = AlembicFiles.in(directory);
        files.revision(
                "r1",
                "down_revision = None",
                AlembicFiles.execute("create table done (what text)"),
                AlembicFiles.execute("drop table done"));
        note("r2", "r1", "");
        note("r3", "r2", AlembicFiles.execute(Gate.PASS));
        note("r4", "r3", "");
        plan = files.plan();
    }

    private static void note(String id, String parent, String before) {
        files.revision(
                id,
                AlembicFiles.on(parent),
                before + "\n" + AlembicFiles.execute("insert into done values ('" + id + "')"),
                AlembicFiles.execute("delete from done where what = '" + id + "'"));
    }

    @Test
    void p6TheAgentWaitsForAPersonWhoHasMovedTheRowAndSaysSo() {
        Tenant tenant = skein.tenant("a1");
        files.hand(tenant).upgrade("r1");
        Gate gate = new Gate(tenant).close();
        skein.start();
        CompletableFuture<Ran> person = files.hand(tenant).start("upgrade", "head");
        gate.awaitPerson();

        Rollout rollout = skein.open(plan, ALL);
        rollout.awaitTarget(
                tenant,
                "waits for Alembic",
                each -> each.path("reason").asText().contains("lock not acquired"));

        assertThat(rollout.reason(tenant)).contains("pid ");
        assertThat(tenant.applied()).isEmpty();
        gate.open();
        person.join().requireDone();
        rollout.awaitCompleted();
        assertThat(tenant.applied()).isEmpty();
        assertAllDoneOnce(tenant);
    }

    @Test
    void p6APersonWhoComesToTheAgentsStepIsRefusedByAlembic() {
        Tenant tenant = skein.tenant("a1");
        Gate gate = new Gate(tenant).close();
        skein.start();
        Rollout rollout = skein.open(plan, ALL);
        gate.awaitAgent();

        CompletableFuture<Ran> person = files.hand(tenant).start("upgrade", "head");
        gate.awaitPerson();
        gate.open();

        assertThat(person.join().exitCode()).isNotZero();
        assertThat(person.join().output())
                .contains("Online migration expected to match one row when updating 'r2' to 'r3'");
        rollout.awaitCompleted();
        assertThat(tenant.applied()).isEqualTo("r1 r2 r3 r4");
        assertAllDoneOnce(tenant);
    }

    @Test
    void p6OfAPersonAndAnAgentInTheSameRevisionOneIsRefused() {
        Tenant tenant = skein.tenant("a1");
        files.hand(tenant).upgrade("r2");
        Gate gate = new Gate(tenant).close();
        skein.start();
        CompletableFuture<Ran> person = files.hand(tenant).start("upgrade", "head");
        gate.awaitPerson();
        Rollout rollout = skein.open(plan, ALL);
        gate.awaitAgent();

        gate.open();

        assertThat(person.join().output()).contains("expected to match one row when updating 'r2'");
        rollout.awaitCompleted();
        assertAllDoneOnce(tenant);
    }

    private static void assertAllDoneOnce(Tenant tenant) {
        assertThat(tenant.text(DONE)).isEqualTo("r2 r3 r4");
        assertThat(files.hand(tenant).current()).containsExactly("r4 (head)");
        files.hand(tenant).upgrade("head");
        assertThat(tenant.text(DONE)).isEqualTo("r2 r3 r4");
    }
}
