package dev.skein.ops.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.event.OrderIssued;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two agents are started for the same databases, by mistake. */
class TwoAgentsIT {
    private static final int TENANTS = 6;
    private static final int STEPS = TENANTS * Tenants.MIGRATIONS;
    private static final Duration MAX = Duration.ofMinutes(3);
    private static final String STRATEGY = "waves: [{ name: all }]";

    @Test
    void theLaterOfTwoAgentsGetsNoOrdersAndIsShownWhatItContests() {
        Tenants tenants = Tenants.create(TestServers.postgres(), "others", TENANTS);
        try (Deployment deployment = deployment(tenants);
                LogTail tail = LogTail.of(deployment.log())) {
            // given
            ChaosOperator operator = operator(deployment);
            deployment.agent("zz-first");
            operator.awaitDatabases(TENANTS);
            deployment.agent("aa-later");
            Waiting.until(
                    "both agents announce them",
                    MAX,
                    () -> contested(operator, "aa-later").size() == TENANTS);

            // when
            String rollout = operator.open(tenants.plan(), STRATEGY);
            operator.awaitPhase(rollout, "completed", MAX, deployment::lastWords);

            // then
            assertThat(contested(operator, "zz-first")).isEmpty();
            assertThat(tail.events(OrderIssued.class))
                    .hasSize(TENANTS)
                    .allMatch(order -> order.agent().value().equals("zz-first"));
            new LogAudit(tail.upToNow()).run(STEPS);
            new TenantAudit(tenants).run();
        }
    }

    @Test
    void oneAgentStartedTwiceDoesNothingTwice() {
        Tenants tenants = Tenants.create(TestServers.postgres(), "twins", TENANTS);
        try (Deployment deployment = deployment(tenants);
                LogTail tail = LogTail.of(deployment.log())) {
            // given
            ChaosOperator operator = operator(deployment);
            SkeinProcess one = deployment.agent("eu-1");
            SkeinProcess other = deployment.agent("eu-1");
            one.awaitLine("agent eu-1 is at work");
            other.awaitLine("agent eu-1 is at work");
            operator.awaitDatabases(TENANTS);

            // when
            String rollout = operator.open(tenants.plan(), STRATEGY);
            operator.awaitPhase(rollout, "completed", MAX, deployment::lastWords);

            // then
            one.stop();
            other.stop();
            new LogAudit(tail.upToNow()).run(STEPS);
            new TenantAudit(tenants).run();
        }
    }

    private static Deployment deployment(Tenants tenants) {
        return new Deployment(tenants, TestServers.kafka().bootstrapServers());
    }

    private static ChaosOperator operator(Deployment deployment) {
        return new ChaosOperator(Deployment.urlOf(deployment.orchestrator("main")));
    }

    private static List<String> contested(ChaosOperator operator, String agent) {
        List<String> contested = new ArrayList<>();
        for (JsonNode each : operator.get("/agents").path("items")) {
            if (each.path("agent").asText().equals(agent)) {
                each.path("contested").forEach(name -> contested.add(name.asText()));
            }
        }
        return contested;
    }
}
