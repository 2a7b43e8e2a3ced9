package dev.skein.ops.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.ShutdownMode;
import dev.skein.embedded.testing.TestKafka;
import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Kafka or PostgreSQL goes away in the midst of a rollout and comes back. Nobody does anything. */
class OutageIT {
    private static final int TENANTS = 8;
    private static final int STEPS = TENANTS * Tenants.MIGRATIONS;
    private static final Duration AWAY = Duration.ofSeconds(20);
    private static final Duration END_MAX = Duration.ofMinutes(2);
    private static final String STRATEGY =
            """
            waves: [{ name: one, count: 1 }, { name: rest }]
            max-in-flight: 4
            pause-between-steps: 200ms
            """;

    @Test
    void aBrokerThatIsAwayDelaysARolloutAndLosesNothingOfIt() {
        // given
        Tenants tenants = Tenants.create(TestServers.postgres(), "broker", TENANTS);
        try (TestKafka kafka = TestServers.startKafka();
                ChaosScenario trouble =
                        ChaosScenario.begin(tenants, kafka.bootstrapServers(), STRATEGY)) {
            trouble.awaitSteps(STEPS / 3);

            // when
            kafka.stop();
            trouble.everybodyStaysFor(AWAY);
            kafka.start();

            // then
            trouble.awaitCompleted(END_MAX);
            trouble.audit(STEPS);
        }
    }

    @Test
    void aDatabaseServerThatRestartsDelaysARolloutAndLosesNothingOfIt() {
        // given
        try (TestPostgres server = TestServers.startPostgres()) {
            Tenants tenants = Tenants.create(server, "server", TENANTS);
            String kafka = TestServers.kafka().bootstrapServers();
            try (ChaosScenario trouble = ChaosScenario.begin(tenants, kafka, STRATEGY)) {
                // when
                trouble.awaitSteps(STEPS / 4);
                server.restart(ShutdownMode.FAST);
                trouble.awaitSteps(STEPS / 2);
                server.restart(ShutdownMode.IMMEDIATE);
                trouble.awaitSteps(STEPS * 3 / 4);
                server.stop(ShutdownMode.IMMEDIATE);
                trouble.everybodyStaysFor(Duration.ofSeconds(5));
                assertThat(trouble.steps()).isLessThan(STEPS);
                server.start();

                // then
                trouble.awaitCompleted(END_MAX);
                trouble.audit(STEPS);
            }
        }
    }
}
