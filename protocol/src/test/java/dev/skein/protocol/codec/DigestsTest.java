package dev.skein.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.WaveTargets;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.strategy.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigestsTest {
    private static final Strategy STRATEGY = SampleStrategies.full();
    private static final List<WaveTargets> WAVES =
            List.of(new WaveTargets("canary", List.of(SampleEvents.ACME)));
    private static final String DIGEST = Digests.rollout(SampleEvents.PLAN, STRATEGY, WAVES);

    @Test
    void sameRolloutHasTheSameDigest() {
        assertThat(Digests.rollout(SampleEvents.PLAN, SampleStrategies.full(), WAVES))
                .isEqualTo(DIGEST)
                .matches("[0-9a-f]{64}");
    }

    @Test
    void anotherPlanStrategyOrDatabaseChangesTheDigest() {
        PlanId otherPlan = new PlanId("00".repeat(32));
        List<WaveTargets> otherWaves =
                List.of(new WaveTargets("canary", List.of(SampleEvents.TENANT)));

        assertThat(
                        List.of(
                                Digests.rollout(otherPlan, STRATEGY, WAVES),
                                Digests.rollout(
                                        SampleEvents.PLAN, SampleStrategies.minimal(), WAVES),
                                Digests.rollout(SampleEvents.PLAN, STRATEGY, otherWaves)))
                .doesNotContain(DIGEST)
                .doesNotHaveDuplicates();
    }
}
