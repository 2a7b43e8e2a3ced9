package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Ran;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Plan;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Prisma's advisory lock keeps a person's run and an agent apart; Prisma waits for it for ten
 * seconds.
 */
@NeedsTool(Tool.PRISMA)
class PrismaLockIT extends FrameworkLockContract {
    private static final String WAITS =
            "select exists (select from pg_locks join pg_database d on d.oid = database where"
                    + " datname = current_database() and locktype = 'advisory' and not granted)";

    private final PrismaHand files =
            new PrismaHand(skein.directory())
                    .migration("1_done", CREATE_DONE + ";")
                    .migration("2_gate", MigrationGate.PASS + "; " + note("2") + ";")
                    .migration("3_own", "begin; " + note("3") + "; commit;");

    @Override
    Plan plan() {
        return files.plan();
    }

    @Override
    String notes() {
        return "2 3";
    }

    @Override
    String appliedByAgent() {
        return "1_done 2_gate 3_own";
    }

    @Override
    void prepare(Tenant tenant) {
        files.baseline(tenant);
    }

    @Override
    CompletableFuture<Ran> startPerson(Tenant tenant) {
        return files.deployMeanwhile(tenant);
    }

    @Override
    String agentsReason() {
        return "a run of prisma holds the lock";
    }

    @Override
    String[] refusal() {
        return new String[] {"P1002", "advisory lock"};
    }

    @Override
    void awaitRefused(CompletableFuture<Ran> person, MigrationGate gate) {
        assertThat(person.join().exitCode()).isEqualTo(1);
    }

    @Override
    void assertNothingLeft(Tenant tenant) {
        assertThat(PrismaHand.rows(tenant).lines())
                .hasSize(4)
                .allMatch(row -> row.endsWith(" 1") || row.startsWith("0_init "));
        assertThat(files.status(tenant).exitCode()).isZero();
    }

    @Test
    void p6APersonsRunThatWaitsLongEnoughFindsAllDone() {
        Tenant tenant = tenant();
        MigrationGate gate = new MigrationGate(tenant).close();
        skein.start();
        Rollout rollout = skein.open(plan(), RolloutStrategies.ALL);
        gate.awaitAgent();

        CompletableFuture<Ran> person = startPerson(tenant);
        Until.reached("Prisma waits", () -> tenant.text(WAITS), "t"::equals);
        gate.open();

        rollout.awaitCompleted();
        assertThat(person.join().requireDone().output())
                .contains("No pending migrations to apply.");
        assertThat(tenant.applied()).isEqualTo(appliedByAgent());
        assertAllDoneOnce(tenant);
    }
}
