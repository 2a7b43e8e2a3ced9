package dev.skein.ops.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Plan;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agent and programs are killed again and again while delegated revisions run between recorded
 * ones, and databases come out as if Alembic alone had migrated them.
 *
 * <p>{@code -Dkills=20} has each of both killed so many times, with twelve databases and a revision
 * that sleeps for a minute. The moments follow from a seed; {@code -Dchaos.seed=} draws the same
 * ones again.
 */
@NeedsTool(Tool.ALEMBIC)
class RunnerKillIT {
    private static final Logger LOGGER = LoggerFactory.getLogger(RunnerKillIT.class);
    private static final int FEW = 2;

    private final long seed = Long.getLong("chaos.seed", System.nanoTime());
    private final int kills = Integer.getInteger("kills", FEW);
    private final boolean isLong = kills > FEW;
    private final Duration max = Duration.ofMinutes(isLong ? 10 : 2);
    private RunnerFleet fleet;
    private RunnerPerson person;

    @Test
    void endsWhereAlembicAloneDoesHoweverOftenAgentAndProgramsAreKilledP1P6() {
        LOGGER.atInfo().addKeyValue("seed", seed).log("Moments are drawn");
        fleet = RunnerFleet.create(TestServers.postgres(), "kill_runner", isLong ? 12 : 3);
        try (Deployment deployment =
                        new Deployment(
                                fleet.prefix(),
                                TestServers.kafka().bootstrapServers(),
                                fleet.agent(isLong ? 60 : 1));
                LogTail tail = LogTail.of(deployment.log())) {
            run(deployment, tail);
        } catch (AssertionError failure) {
            throw new AssertionError(
                    "with -Dchaos.seed=" + seed + ": " + failure.getMessage(), failure);
        }
    }

    private void run(Deployment deployment, LogTail tail) {
        // given
        ChaosOperator operator =
                new ChaosOperator(Deployment.urlOf(deployment.orchestrator("main")));
        person = new RunnerPerson(operator, fleet, max);
        Supervised agent = new Supervised("agent", () -> deployment.agent("eu-1"));
        Plan plan = fleet.plan();
        operator.awaitDatabases(fleet.count());
        int rounds = 0;
        try (RunnerTrouble trouble = new RunnerTrouble(agent, fleet.mark(), kills)) {
            trouble.begin(new SplittableRandom(seed));

            // when
            person.settle(person.open(plan, RunnerFleet.MIDDLE), "completed");
            fleet.twins("upgrade", RunnerFleet.MIDDLE);
            isAsTwins();
            do {
                rounds++;
                forthAndBack(plan);
            } while (!trouble.isOver());
        }
        String last = person.open(plan, RunnerFleet.HEAD);
        person.settle(last, "completed");
        fleet.twins("upgrade", RunnerFleet.HEAD);

        // then
        isAsTwins();
        new LogAudit(tail.upToNow()).sequencesAreDense();
        assertThat(agent.ownEnds()).as("agents that ended by themselves").isEmpty();
        LOGGER.atInfo()
                .addKeyValue("seed", seed)
                .addKeyValue("kills", kills)
                .addKeyValue("rounds", rounds)
                .addKeyValue("steps", tail.steps())
                .addKeyValue("answers", person.answers())
                .log("The rollouts have survived");
    }

    /** Up to the head, with a pause in the midst of the long revision, and back. */
    private void forthAndBack(Plan plan) {
        String rollout = person.open(plan, RunnerFleet.HEAD);
        person.awaitHelping(
                rollout, "the long revision at work", () -> fleet.sleeps(fleet.slowest()));
        person.pause(rollout);
        person.awaitQuiesced(rollout);
        assertThat(RunnerTrouble.programs(fleet.mark())).as("programs in a quiet pause").isEmpty();
        person.settle(rollout, "completed");
        fleet.twins("upgrade", RunnerFleet.HEAD);
        isAsTwins();
        person.back(rollout, RunnerFleet.MIDDLE);
        person.settle(rollout, "rolled-back");
        fleet.twins("downgrade", RunnerFleet.MIDDLE);
        isAsTwins();
    }

    private void isAsTwins() {
        for (String tenant : fleet.names()) {
            assertThat(fleet.rows(tenant))
                    .as("%s: rows", tenant)
                    .isEqualTo(fleet.rowsOfTwin(tenant));
            assertThat(fleet.schema(tenant))
                    .as("%s: schema", tenant)
                    .isEqualTo(fleet.schemaOfTwin(tenant));
        }
    }
}
