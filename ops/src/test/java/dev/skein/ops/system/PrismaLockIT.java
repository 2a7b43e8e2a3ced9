package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Ran;
import dev.skein.ops.tools.Tool;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person who runs {@code prisma migrate deploy} and an agent keep each other out. */
@NeedsTool(Tool.PRISMA)
class PrismaLockIT {
    private static final String ALL = "waves: [{ name: all }]";
    private static final String PRISMA_AT_GATE =
            "select exists (select from pg_stat_activity where datname = current_database() and"
                    + " pid <> pg_backend_pid() and application_name not like 'skein/%' and query"
                    + " like '%pass_gate(''middle'')%' and state = 'active')";
    private static final String PRISMA_WAITS =
            "select exists (select from pg_locks join pg_database d on d.oid = database where"
                    + " datname = current_database() and locktype = 'advisory' and not granted)";

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    private final PrismaHand files = new PrismaHand(skein.directory());
    private final Tenant tenant = skein.tenant("a1");

    @BeforeEach
    void counted() {
        files.baseline(tenant);
        files.migration("1_counter", "create table counter as select 0 as n;");
        files.migration("2_gate", "select pass_gate('middle'); update counter set n = n + 1;");
        files.migration("3_own", "begin; update counter set n = n + 10; commit;");
        skein.start();
    }

    @Test
    void agentWaitsForAPersonsPrismaAndSaysSo() throws Exception {
        CompletableFuture<Ran> prisma = files.deployMeanwhile(tenant);
        Until.reached("Prisma at the gate", () -> tenant.text(PRISMA_AT_GATE), "t"::equals);

        Rollout rollout = skein.open(files.plan(), ALL);
        rollout.awaitTarget(
                tenant,
                "waits for Prisma",
                each -> each.path("reason").asText().contains("a run of prisma holds the lock"));

        assertThat(rollout.reason(tenant)).contains("pid ");
        tenant.openGate("middle");
        prisma.get().requireDone();
        rollout.awaitCompleted();
        assertThat(tenant.applied()).isEmpty();
        assertOnceEach();
    }

    @Test
    void personsPrismaIsRefusedWhereTheAgentWorksTooLongAndWaitsOtherwise() throws Exception {
        Rollout rollout = skein.open(files.plan(), ALL);
        tenant.awaitAtGate("middle");

        Ran refused = files.deploy(tenant);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("P1002", "advisory lock");
        CompletableFuture<Ran> prisma = files.deployMeanwhile(tenant);
        Until.reached("Prisma waits", () -> tenant.text(PRISMA_WAITS), "t"::equals);
        tenant.openGate("middle");
        rollout.awaitCompleted();
        assertThat(prisma.get().requireDone().output()).contains("No pending migrations to apply.");
        assertThat(tenant.applied()).isEqualTo("1_counter 2_gate 3_own");
        assertOnceEach();
    }

    private void assertOnceEach() {
        assertThat(tenant.text("select n from counter")).isEqualTo("11");
        assertThat(PrismaHand.rows(tenant).lines())
                .hasSize(4)
                .allMatch(row -> row.endsWith(" 1") || row.startsWith("0_init "));
        assertThat(files.status(tenant).exitCode()).isZero();
    }
}
