package dev.skein.orchestrator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.fleet.Target;
import dev.skein.orchestrator.fleet.Wish;
import dev.skein.protocol.event.RolloutOutcome;
import dev.skein.protocol.id.DatabaseId;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for every rollout, over histories drawn from seeds. */
class PromisesTest {
    private static final int MOVES = 400;

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void limitsGatesAndPausesHoldAtEveryRecordP3P4(long seed) {
        new FleetSim(seed).run(MOVES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyRolloutEndsOnceFaultsAreOverP5(long seed) {
        // given
        FleetSim sim = new FleetSim(seed);
        sim.run(MOVES);
        // when
        sim.heal();
        // then
        RolloutOutcome outcome = sim.rollout().closed().orElseThrow().outcome();
        for (DatabaseStanding each :
                Standings.databases(sim.lab().fleet(), sim.rollout(), sim.lab().now())) {
            if (each.state() == TargetState.APPLIED) {
                assertThat(outcome).isNotEqualTo(RolloutOutcome.ROLLED_BACK);
                assertThat(sim.database(each.database()).steps()).isEqualTo(SimDatabase.STEPS);
            }
            if (each.state() == TargetState.ROLLED_BACK) {
                assertThat(sim.database(each.database()).steps()).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rollbackFromAnyMixedStateEndsWithNothingAppliedP5(long seed) {
        // given
        FleetSim sim = new FleetSim(seed);
        sim.run(new SplittableRandom(seed).nextInt(MOVES));
        // when
        Decision decision = sim.rollBackAll();
        sim.heal();
        // then
        if (decision instanceof Rejection rejection) {
            assertThat(rejection.code()).isEqualTo(RejectionCode.NOTHING_TO_ROLL_BACK);
        } else {
            assertThat(sim.rollout().closed().orElseThrow().outcome())
                    .isEqualTo(RolloutOutcome.ROLLED_BACK);
        }
        for (DatabaseId id : sim.rollout().targets().keySet()) {
            Target target = sim.rollout().targets().get(id);
            if (target.wish() != Wish.SKIP) {
                assertThat(sim.database(id).steps()).as(id.toString()).isZero();
            }
        }
    }
}
