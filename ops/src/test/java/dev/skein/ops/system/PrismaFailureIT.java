package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration that fails leaves what Prisma leaves, and is mended as Prisma mends it. */
@NeedsTool(Tool.PRISMA)
class PrismaFailureIT {
    /** Fails as long as all customers have the same address. */
    private static final String FAILS =
            "alter table customer add city text;"
                    + " select 1 / count(*) from customer where email <> 'same';";

    private static final String PLAIN = FAILS;
    private static final String OWN = "begin; " + FAILS + " commit;";

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    private final PrismaHand files = new PrismaHand(skein.directory());
    private final Tenant bySkein = tenant("skein");
    private final Tenant byPrisma = tenant("prisma");

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, OWN})
    void failureReadsAsPrismasOwnAndItsRetryAsAResolvedOne(String sql) {
        files.migration("1_age", "alter table customer add age int;");
        files.migration("2_unique", sql);
        skein.start();
        assertThat(files.deploy(byPrisma).exitCode()).isEqualTo(1);

        Rollout rollout = skein.open(files.plan(), RolloutStrategies.only(bySkein));
        rollout.awaitPaused("failure-budget");

        assertSame();
        assertThat(files.deploy(bySkein).output()).contains("P3009", "2_unique");
        assertThat(files.deploy(bySkein)).isEqualTo(files.deploy(byPrisma));
        mendCause(bySkein);
        mendCause(byPrisma);
        rollout.verb("retry");
        rollout.awaitCompleted();
        resolve(byPrisma);
        files.deploy(byPrisma).requireDone();
        assertSame();
        assertThat(files.status(bySkein).exitCode()).isZero();
    }

    @Test
    void failureOfPrismasOwnIsLeftToAPersonsWord() {
        files.migration("1_unique", PLAIN);
        skein.start();
        for (Tenant each : new Tenant[] {bySkein, byPrisma}) {
            assertThat(files.deploy(each).exitCode()).isEqualTo(1);
            mendCause(each);
        }
        String rows = PrismaHand.rows(bySkein);
        Rollout rollout = skein.open(files.plan(), RolloutStrategies.only(bySkein));
        JsonNode failed = rollout.awaitState(bySkein, "failed");

        assertThat(failed.at("/failure/code").asText()).isEqualTo("failed-row");
        assertThat(failed.path("reason").asText())
                .contains("migration 1_unique failed", "skein database repair " + bySkein.id());
        assertThat(skein.said("database", bySkein.id()).done().out())
                .contains("mend     skein database repair " + bySkein.id());
        rollout.awaitPaused("failure-budget");
        rollout.verb("retry");
        rollout.awaitPaused("failure-budget");
        assertThat(PrismaHand.rows(bySkein)).isEqualTo(rows);

        skein.said("database", "repair", bySkein.id()).done();
        rollout.awaitCompleted();

        resolve(byPrisma);
        files.deploy(byPrisma).requireDone();
        assertSame();
    }

    private Tenant tenant(String name) {
        Tenant tenant = skein.tenant(name);
        tenant.execute("update customer set email = 'same'");
        files.baseline(tenant);
        return tenant;
    }

    private static void mendCause(Tenant tenant) {
        tenant.execute("update customer set email = email || id");
    }

    private void resolve(Tenant tenant) {
        String failed =
                tenant.text(
                        "select migration_name from _prisma_migrations where finished_at is null"
                                + " and rolled_back_at is null");
        files.run(tenant, "migrate", "resolve", "--rolled-back", failed).requireDone();
    }

    private void assertSame() {
        assertThat(files.status(bySkein)).isEqualTo(files.status(byPrisma));
        assertThat(PrismaHand.rows(bySkein)).isEqualTo(PrismaHand.rows(byPrisma));
        assertThat(PrismaHand.schema(bySkein)).isEqualTo(PrismaHand.schema(byPrisma));
    }
}
