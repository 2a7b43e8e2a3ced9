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
import org.junit.jupiter.api.io.TempDir;

/** Alembic has no lock: whoever comes second is refused where the row of its table has moved. */
@NeedsTool(Tool.ALEMBIC)
class AlembicLockIT extends FrameworkLockContract {
    @TempDir private static Path directory;

    private static AlembicFiles files;
    private static Plan plan;

    @BeforeAll
    static void record() {
        files = AlembicFiles.in(directory);
        files.revision(
                "r1",
                "down_revision = None",
                AlembicFiles.execute(CREATE_DONE),
                AlembicFiles.execute("drop table done"));
        noting("r2", "r1", "");
        noting("r3", "r2", AlembicFiles.execute(MigrationGate.PASS));
        noting("r4", "r3", "");
        plan = files.plan();
    }

    private static void noting(String id, String parent, String before) {
        files.revision(
                id,
                AlembicFiles.on(parent),
                before + "\n" + AlembicFiles.execute(note(id)),
                AlembicFiles.execute("delete from done where what = '" + id + "'"));
    }

    @Override
    Plan plan() {
        return plan;
    }

    @Override
    String notes() {
        return "r2 r3 r4";
    }

    @Override
    String appliedByAgent() {
        return "r1 r2 r3 r4";
    }

    @Override
    void applyFirst(Tenant tenant) {
        files.hand(tenant).upgrade("r1");
    }

    @Override
    CompletableFuture<Ran> startPerson(Tenant tenant) {
        return files.hand(tenant).start("upgrade", "head");
    }

    @Override
    String agentsReason() {
        return "lock not acquired";
    }

    @Override
    String[] refusal() {
        return new String[] {
            "Online migration expected to match one row when updating 'r2' to 'r3'"
        };
    }

    /** It learns of the agent only when both are past the gate. */
    @Override
    void awaitRefused(CompletableFuture<Ran> person, MigrationGate gate) {
        gate.awaitPerson();
    }

    @Override
    void assertNothingLeft(Tenant tenant) {
        assertThat(files.hand(tenant).current()).containsExactly("r4 (head)");
        files.hand(tenant).upgrade("head");
    }

    @Test
    void p6OfAPersonAndAnAgentInTheSameRevisionOneIsRefused() {
        Tenant tenant = tenant();
        files.hand(tenant).upgrade("r2");
        MigrationGate gate = new MigrationGate(tenant).close();
        skein.start();
        CompletableFuture<Ran> person = startPerson(tenant);
        gate.awaitPerson();
        Rollout rollout = skein.open(plan, RolloutStrategies.ALL);
        gate.awaitAgent();

        gate.open();

        assertThat(person.join().output()).contains("expected to match one row when updating 'r2'");
        rollout.awaitCompleted();
        assertAllDoneOnce(tenant);
    }
}
