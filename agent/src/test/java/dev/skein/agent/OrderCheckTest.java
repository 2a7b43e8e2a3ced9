package dev.skein.agent;

import static dev.skein.agent.order.Facts.AGENT;
import static dev.skein.agent.order.Facts.PLAN;
import static dev.skein.agent.order.Facts.at;
import static dev.skein.agent.order.Facts.db;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.order.Facts;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.codec.PlanCodec;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.PlanPublished;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.log.Topic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An order that is not the rollout's is answered, never run, and costs nobody else anything. */
final class OrderCheckTest {
    private static final PlanId OTHER_PLAN = new PlanId("b".repeat(64));

    private final PlanId plan = PlanCodec.idOf(PLAN);
    private final AgentFixture agent = new AgentFixture();

    @BeforeEach
    void start() {
        agent.with("a", "b", "z").start();
    }

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void anotherPlanThanTheRolloutsIsNotRun() {
        issue(Facts.order(db("a"), 1, AGENT, OTHER_PLAN, 0, 1));

        assertThat(failure().code()).isEqualTo("order-of-another-plan");
        assertThat(failure().message()).contains("order 1 of rollout r-1 for pg-1/a");
        theAgentGoesOn();
    }

    @Test
    void aDatabaseThatTheRolloutDoesNotHaveIsNotTouched() {
        issue(Facts.order(db("z"), 1, AGENT, plan, 0, 1));

        assertThat(failure().code()).isEqualTo("order-of-another-database");
        theAgentGoesOn();
    }

    @Test
    void aRolloutThatTheLogDoesNotHaveIsNotCarriedOut() {
        issue(of(new RolloutId("r-9"), plan, 0));

        assertThat(failure().code()).isEqualTo("order-of-unknown-rollout");
        theAgentGoesOn();
    }

    @Test
    void aPlanRecordThatHoldsAnotherPlanFailsTheOrderAndNotTheAgent() {
        long offset =
                agent.append(
                                Topic.PLANS,
                                Envelope.uncounted(
                                        "orchestrator:o",
                                        new PlanPublished(OTHER_PLAN, "p", PLAN, "ops", at(0))))
                        .offset();
        RolloutId forged = new RolloutId("r-2");
        open(forged, Facts.opened(OTHER_PLAN, offset, db("a")));
        issue(of(forged, OTHER_PLAN, offset));

        assertThat(failure().code()).isEqualTo("plan-differs");
        assertThat(failure().message()).contains("plans-0@" + offset);
        theAgentGoesOn();
    }

    @Test
    void aRolloutThatIsNotWhatItsDigestSaysIsNotCarriedOut() {
        RolloutId forged = new RolloutId("r-2");
        RolloutOpened honest = Facts.opened(plan, 0, db("b"));
        RolloutOpened wider = Facts.opened(plan, 0, db("a"), db("b"));
        open(forged, withDigest(wider, honest.digest()));
        issue(of(forged, plan, 0));

        assertThat(failure().code()).isEqualTo("rollout-digest-differs");
        theAgentGoesOn();
    }

    private void open(RolloutId rollout, RolloutOpened event) {
        RolloutOpened renamed =
                new RolloutOpened(
                        rollout,
                        event.plan(),
                        event.planOffset(),
                        event.strategy(),
                        event.waves(),
                        event.digest(),
                        event.by(),
                        event.at());
        agent.append(Topic.ROLLOUTS, Envelope.counted("rollout:" + rollout, 1, renamed));
    }

    private static RolloutOpened withDigest(RolloutOpened event, String digest) {
        return new RolloutOpened(
                event.rollout(),
                event.plan(),
                event.planOffset(),
                event.strategy(),
                event.waves(),
                digest,
                event.by(),
                event.at());
    }

    private static OrderIssued of(RolloutId rollout, PlanId plan, long offset) {
        return Facts.orderOf(rollout, db("a"), plan, offset);
    }

    private void issue(OrderIssued order) {
        agent.append(
                Topic.ORDERS, Envelope.counted("order:" + order.database(), order.epoch(), order));
    }

    private StepFailure failure() {
        Await.until(
                "the answer", () -> !agent.written(Topic.PROGRESS, DatabaseFailed.class).isEmpty());
        return agent.written(Topic.PROGRESS, DatabaseFailed.class).get(0).failure();
    }

    private void theAgentGoesOn() {
        agent.order("b", 1, 2);
        Await.until(
                "the next order",
                () -> {
                    agent.engine.finishAll();
                    return !agent.written(Topic.PROGRESS, DatabaseApplied.class).isEmpty();
                });
        assertThat(agent.engine.begun()).containsExactly("b#1");
        assertThat(agent.faults).isEmpty();
    }
}
