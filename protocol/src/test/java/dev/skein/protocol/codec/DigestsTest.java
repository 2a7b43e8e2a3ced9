package dev.skein.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.event.WaveTargets;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.strategy.Strategy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DigestsTest {
    private static final Strategy STRATEGY = SampleStrategies.full();
    private static final List<WaveTargets> WAVES =
            List.of(new WaveTargets("canary", List.of(SampleEvents.ACME)));
    private static final String DIGEST = digest(SampleEvents.PLAN, STRATEGY, WAVES);

    private static String digest(PlanId plan, Strategy strategy, List<WaveTargets> waves) {
        return Digests.rollout(
                plan, strategy, waves, RolloutPurpose.MIGRATE, Optional.empty(), Optional.empty());
    }

    @Test
    void anotherPurposeChangesTheDigest() {
        assertThat(
                        Digests.rollout(
                                SampleEvents.PLAN,
                                STRATEGY,
                                WAVES,
                                RolloutPurpose.SURVEY,
                                Optional.empty(),
                                Optional.empty()))
                .isNotEqualTo(DIGEST);
    }

    /** Written down before strategies could demand a rehearsal and rollouts had a purpose. */
    @Test
    void rolloutOfAnEarlierReleaseKeepsItsDigest() {
        assertThat(DIGEST)
                .isEqualTo("f7b4c2db751ebcb24d577c0452b6ffda1a8b70fbe855a0dbcf467265fc370a9f");
    }

    @Test
    void sameRolloutHasTheSameDigest() {
        assertThat(digest(SampleEvents.PLAN, SampleStrategies.full(), WAVES))
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
                                digest(otherPlan, STRATEGY, WAVES),
                                digest(SampleEvents.PLAN, SampleStrategies.minimal(), WAVES),
                                digest(SampleEvents.PLAN, STRATEGY, otherWaves)))
                .doesNotContain(DIGEST)
                .doesNotHaveDuplicates();
    }
}
