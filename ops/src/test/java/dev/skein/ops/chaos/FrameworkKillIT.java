package dev.skein.ops.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent is killed in the midst of a rollout, and the books of Alembic, Prisma and Knex come out
 * as if nothing had happened. The moments follow from a seed; {@code -Dchaos.seed=} draws the same
 * ones again. Flyway's books are {@link KillIT}'s.
 */
class FrameworkKillIT {
    private static final Logger LOGGER = LoggerFactory.getLogger(FrameworkKillIT.class);
    private static final int TENANTS = 20;
    private static final int MIGRATIONS = Tenants.MIGRATIONS + 1;
    private static final int STEPS = TENANTS * MIGRATIONS;
    private static final int KILLS = 4;
    private static final Duration END_MAX = Duration.ofMinutes(2);
    private static final String FLYWAY_TABLE = "flyway_schema_history";
    private static final String STRATEGY =
            """
            waves: [{ name: one, count: 1 }, { name: rest }]
            max-in-flight: 8
            pause-between-steps: 50ms
            """;

    private final long seed = Long.getLong("chaos.seed", System.nanoTime());

    static Stream<FrameworkBooks> books() {
        return Stream.of(FrameworkBooks.ALEMBIC, FrameworkBooks.PRISMA, FrameworkBooks.KNEX);
    }

    @ParameterizedTest
    @MethodSource("books")
    void versionTableHoldsEachMigrationOnceHoweverOftenTheAgentIsKilledP1P6(FrameworkBooks books) {
        LOGGER.atInfo().addKeyValue("seed", seed).log("Moments are drawn");
        String prefix = "kill_" + books.framework().label();
        Tenants tenants = Tenants.createEmpty(TestServers.postgres(), prefix, TENANTS);
        try (Deployment deployment =
                        new Deployment(tenants, TestServers.kafka().bootstrapServers());
                LogTail tail = LogTail.of(deployment.log())) {
            run(books, tenants, deployment, tail);
        } catch (AssertionError failure) {
            throw new AssertionError("with -Dchaos.seed=" + seed, failure);
        }
    }

    private void run(FrameworkBooks books, Tenants tenants, Deployment deployment, LogTail tail) {
        // given
        ChaosOperator operator =
                new ChaosOperator(Deployment.urlOf(deployment.orchestrator("main")));
        SkeinProcess agent = deployment.agent("eu-1");
        operator.awaitDatabases(TENANTS);
        Plan plan = books.of(tenants.plan());
        assertThat(plan.stepCount()).isEqualTo(MIGRATIONS);
        Killer killer =
                new Killer(
                        agent,
                        () -> deployment.agent("eu-1"),
                        tail,
                        Killer.draw(
                                new SplittableRandom(seed),
                                KILLS,
                                STEPS - 40,
                                Duration.ofMillis(200)));

        // when
        String rollout = operator.open(plan, STRATEGY);
        SkeinProcess lastAgent = killer.run();
        operator.awaitPhase(rollout, "completed", END_MAX);
        lastAgent.stop();

        // then
        new LogAudit(tail.upToNow()).run(STEPS);
        TenantAudit audit = new TenantAudit(tenants);
        List<String> expected = books.complete(MIGRATIONS);
        for (String tenant : tenants.names()) {
            assertThat(audit.strings(tenant, books.query()))
                    .as("%s: version table", tenant)
                    .isEqualTo(expected);
        }
        audit.schemaAndRows(
                Stream.concat(Stream.of(FLYWAY_TABLE), books.tables().stream()).toList());
    }
}
