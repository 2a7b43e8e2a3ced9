package dev.skein.orchestrator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.rollout.RejectionCode;
import dev.skein.orchestrator.runtime.TestFleet.Running;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.log.LogRefused;
import dev.skein.protocol.log.Topic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log does not take was not written: that is an answer, and no reason to give up. */
final class RefusedByTheLogTest {
    private final TestFleet fleet = new TestFleet();

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void planTooLargeForTheLogIsRefusedAndTheLeadIsKept() {
        Running running = fleet.lead("main");
        int terms = leaders();
        fleet.broker.refuseNextAppend(new LogRefused("it has 300 MB, a record may have 16", null));

        Answer<?> answer =
                Await.value(running.service().publish(TestFleet.PLAN, "large", "a person"));

        assertThat(TestFleet.rejection(answer).code()).isEqualTo(RejectionCode.TOO_LARGE);
        assertThat(TestFleet.rejection(answer).message()).contains("a record may have 16");
        assertThat(running.service().leading()).isTrue();
        TestFleet.accepted(running.service().publish(TestFleet.PLAN, "once more", "a person"));
        assertThat(leaders()).isEqualTo(terms);
    }

    private int leaders() {
        return fleet.broker.records(Topic.ROLLOUTS).size();
    }
}
