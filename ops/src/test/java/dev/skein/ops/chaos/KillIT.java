package dev.skein.ops.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepSucceeded;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agent and orchestrator are killed again and again in the midst of a rollout. The moments follow
 * from a seed; {@code -Dchaos.seed=} draws the same ones again.
 */
class KillIT {
    private static final Logger LOGGER = LoggerFactory.getLogger(KillIT.class);
    private static final int TENANTS = 20;
    private static final int STEPS = TENANTS * Tenants.MIGRATIONS;
    private static final int AGENT_KILLS = 30;
    private static final int ORCHESTRATOR_KILLS = 10;
    private static final Duration END_MAX = Duration.ofMinutes(2);

    /** Small waves and few in flight, so that decisions are due all the time. */
    private static final String STRATEGY =
            """
            waves: [{ name: one, count: 1 }, { name: some, count: 5 }, { name: rest }]
            max-in-flight: 5
            pause-between-steps: 200ms
            """;

    private final long seed = Long.getLong("chaos.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void everyStepIsDoneOnceHoweverOftenProcessesAreKilledP1P2() {
        LOGGER.atInfo().addKeyValue("seed", seed).log("Moments are drawn");
        Tenants tenants = Tenants.create(TestServers.postgres(), "kill", TENANTS);
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
        SkeinProcess orchestrator = deployment.orchestrator("main");
        SkeinProcess agent = deployment.agent("eu-1");
        ChaosOperator operator = new ChaosOperator(Deployment.urlOf(orchestrator));
        operator.awaitDatabases(TENANTS);
        Killer agents =
                new Killer(
                        agent,
                        () -> deployment.agent("eu-1"),
                        tail,
                        Killer.draw(random, AGENT_KILLS, STEPS - 10, Duration.ofMillis(300)));
        Killer orchestrators =
                new Killer(
                        orchestrator,
                        () -> deployment.orchestrator("main"),
                        tail,
                        Killer.draw(random, ORCHESTRATOR_KILLS, STEPS - 40, Duration.ofSeconds(1)));

        // when
        long begin = System.nanoTime();
        String rollout = operator.open(tenants.plan(), STRATEGY);
        CompletableFuture<SkeinProcess> other = CompletableFuture.supplyAsync(orchestrators::run);
        SkeinProcess lastAgent = agents.run();
        SkeinProcess live = other.join();
        ChaosOperator after = new ChaosOperator(Deployment.urlOf(live));
        after.awaitPhase(rollout, "completed", END_MAX);
        report(tail, agents, orchestrators, Duration.ofNanos(System.nanoTime() - begin));

        // then
        lastAgent.stop();
        SkeinProcess fresh = deployment.orchestrator("fresh");
        new LiveAudit(after, new ChaosOperator(Deployment.urlOf(fresh))).run(rollout, tenants);
        LogAudit log = new LogAudit(tail.upToNow());
        log.run(STEPS);
        try (LogTail again = LogTail.of(deployment.log())) {
            assertThat(new LogAudit(again.upToNow()).fold()).isEqualTo(log.fold());
        }
        new TenantAudit(tenants).run();
    }

    private void report(LogTail tail, Killer agents, Killer orchestrators, Duration elapsed) {
        LOGGER.atInfo()
                .addKeyValue("seed", seed)
                .addKeyValue("agentKills", agents.kills())
                .addKeyValue("orchestratorKills", orchestrators.kills())
                .addKeyValue("seconds", elapsed.toSeconds())
                .addKeyValue("foundDone", outcomes(tail, StepOutcome.FOUND_DONE))
                .addKeyValue("repaired", outcomes(tail, StepOutcome.REPAIRED))
                .addKeyValue("repeatedRecords", new LogAudit(tail.records()).repeated())
                .log("The rollout has survived");
    }

    private static long outcomes(LogTail tail, StepOutcome outcome) {
        return tail.events(StepSucceeded.class).stream()
                .filter(event -> event.outcome() == outcome)
                .count();
    }
}
