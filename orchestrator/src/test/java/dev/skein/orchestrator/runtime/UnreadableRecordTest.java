package dev.skein.orchestrator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.runtime.TestFleet.Running;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.RecordSkipped;
import dev.skein.protocol.event.WaveStarted;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One record that nobody can read does not stop a fleet for ever. */
final class UnreadableRecordTest {
    private static final String STRATEGY = "waves: [{ name: all }]";

    private final TestFleet fleet = new TestFleet();

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void whatAnAgentWroteIsSetAsideAndTheRolloutOfTheOthersGoesOn() {
        Running running = fleet.lead("main");
        fleet.agent("pg", 3);
        DatabaseId broken = TestFleet.databases("pg", 3).get(0);

        fleet.broker.appendUnreadable(Topic.PROGRESS, broken.toString(), "no envelope");
        RolloutId rollout = TestFleet.open(running, 3, STRATEGY);

        TestFleet.awaitClosed(running, rollout);
        assertThat(fleet.faults).isEmpty();
    }

    @Test
    void whatOnlyTheLeaderWritesStopsEveryReaderUntilAPersonDecides() {
        Running running = fleet.lead("main");
        fleet.agent("pg", 2);
        RolloutId rollout = TestFleet.open(running, 2, STRATEGY);
        TestFleet.awaitClosed(running, rollout);

        Position bad =
                fleet.broker.appendUnreadable(Topic.ROLLOUTS, rollout.value(), "no envelope");
        Await.until("it stops", () -> !fleet.faults.isEmpty());
        assertThat(fleet.faults.get(0)).hasMessageContaining("no envelope");
        fleet.stop(running);
        fleet.faults.clear();
        decide(bad);

        Running next = fleet.lead("next");
        RolloutState folded = next.service().view().rollouts().get(rollout);
        assertThat(folded.isOpen()).isFalse();
        TestFleet.awaitClosed(next, TestFleet.open(next, 2, STRATEGY));
        assertThat(fleet.faults).isEmpty();
    }

    @Test
    void recordThatContradictsWhatWasBeforeIsPassedOverLikeOneThatCannotBeRead() {
        Running running = fleet.lead("main");
        RolloutId unknown = new RolloutId("r-never-opened");
        Position bad =
                append(
                        Topic.ROLLOUTS,
                        Envelope.counted(
                                "rollout:" + unknown,
                                1,
                                new WaveStarted(unknown, 0, running.service().now())));
        Await.until("it stops", () -> !fleet.faults.isEmpty());
        fleet.stop(running);
        fleet.faults.clear();
        decide(bad);

        fleet.lead("next");

        assertThat(fleet.faults).isEmpty();
    }

    /** Else a fold that has passed the record already would differ from one that has not. */
    @Test
    void decisionAboutARecordThatCanBeTakenHasNoEffect() {
        Running running = fleet.lead("main");
        fleet.agent("pg", 1);
        RolloutId rollout = TestFleet.open(running, 1, STRATEGY);
        TestFleet.awaitClosed(running, rollout);
        fleet.broker.records(Topic.ROLLOUTS).forEach(record -> decide(record.position()));

        Running other = fleet.start("other");

        assertThat(other.service().view().canonical().get("rollouts"))
                .isEqualTo(running.service().view().canonical().get("rollouts"));
    }

    private void decide(Position position) {
        append(
                Topic.SKIPS,
                Envelope.uncounted(
                        "person:ann",
                        new RecordSkipped(
                                position.topicPartition().topic().label(),
                                position.topicPartition().partition(),
                                position.offset(),
                                "ann",
                                "truncated",
                                TestFleet.CLOCK.instant())));
    }

    private Position append(Topic topic, Envelope envelope) {
        return Await.value(fleet.log().writer().append(List.of(new Entry(topic, envelope)))).get(0);
    }
}
