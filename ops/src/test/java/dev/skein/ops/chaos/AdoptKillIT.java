package dev.skein.ops.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.plan.Plan;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent is killed while it takes over a fleet that Flyway has managed so far. The moments
 * follow from a seed; {@code -Dchaos.seed=} draws the same ones again.
 */
class AdoptKillIT {
    private static final Logger LOGGER = LoggerFactory.getLogger(AdoptKillIT.class);
    private static final int TENANTS = 20;
    private static final int KILLS = 3;
    private static final Duration KILL_MAX = Duration.ofSeconds(90);
    private static final Duration END_MAX = Duration.ofMinutes(2);
    private static final String STRATEGY =
            "{ waves: [{ name: all }], max-in-flight: 4, failure-budget: 100% }";
    private static final String HISTORY =
            "select h.xmin || ' ' || h from flyway_schema_history h order by installed_rank";

    private final long seed = Long.getLong("chaos.seed", System.nanoTime());

    @Test
    void eachDatabaseIsAdoptedOnceHoweverOftenTheAgentIsKilled() {
        LOGGER.atInfo().addKeyValue("seed", seed).log("Moments are drawn");
        Tenants tenants = Tenants.create(TestServers.postgres(), "kill_adopt", TENANTS);
        try (Deployment deployment =
                        new Deployment(tenants, TestServers.kafka().bootstrapServers());
                LogTail tail = LogTail.of(deployment.log())) {
            run(tenants, deployment, tail);
        } catch (AssertionError failure) {
            throw new AssertionError("with -Dchaos.seed=" + seed, failure);
        }
    }

    private void run(Tenants tenants, Deployment deployment, LogTail tail) {
        // given
        ChaosOperator operator =
                new ChaosOperator(Deployment.urlOf(deployment.orchestrator("main")));
        SkeinProcess agent = deployment.agent("eu-1");
        operator.awaitDatabases(TENANTS);
        Plan plan = tenants.plan();
        TenantAudit audit = new TenantAudit(tenants);
        String history = audit.strings(tenants.names().get(0), HISTORY).toString();

        // when
        String rollout = operator.adopt(plan, STRATEGY);
        SkeinProcess last = killed(agent, deployment, tail);
        operator.awaitPhase(rollout, "completed", END_MAX);
        last.stop();

        // then
        new LogAudit(tail.upToNow()).run(0);
        assertThat(tail.events(DatabaseAdopted.class))
                .extracting(adopted -> adopted.database().database())
                .containsExactlyInAnyOrderElementsOf(tenants.names());
        for (String tenant : tenants.names()) {
            assertThat(audit.strings(tenant, "select kind from skein.ledger order by position"))
                    .as("%s: ledger", tenant)
                    .containsExactly("accepted", "ended");
            assertThat(audit.strings(tenant, HISTORY)).as("%s: books", tenant).isNotEmpty();
        }
        assertThat(audit.strings(tenants.names().get(0), HISTORY).toString()).isEqualTo(history);
    }

    /** Kills at moments drawn between the first adoption and the last but one. */
    private SkeinProcess killed(SkeinProcess first, Deployment deployment, LogTail tail) {
        SplittableRandom random = new SplittableRandom(seed);
        SkeinProcess agent = first;
        for (int kill = 0; kill < KILLS; kill++) {
            int adopted = kill * TENANTS / (KILLS + 1);
            Waiting.until(
                    adopted + " databases adopted, after " + kill + " kills",
                    KILL_MAX,
                    () -> tail.events(DatabaseAdopted.class).size() >= adopted);
            Waiting.pass(Duration.ofMillis(random.nextLong(30)));
            assertThat(tail.events(RolloutClosed.class)).isEmpty();
            agent.kill();
            agent = deployment.agent("eu-1");
        }
        return agent;
    }
}
