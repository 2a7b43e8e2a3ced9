package dev.skein.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InMemoryEventLogTest extends EventLogContract {
    private final InMemoryBroker broker = InMemoryBroker.counting(4);

    @Override
    EventLog open(Vertx processVertx) {
        return new InMemoryEventLog(processVertx, broker);
    }

    @Test
    void refusedAppendWritesNothing() {
        LogUnavailable failure = new LogUnavailable("down", null);
        broker.refuseNextAppend(failure);
        LogWriter writer = log().writer();

        assertThat(Await.failure(writer.append(List.of(Entries.leader("a"))))).isSameAs(failure);

        assertThat(broker.records(Topic.ROLLOUTS)).isEmpty();
        Await.value(writer.append(List.of(Entries.leader("a"))));
        assertThat(broker.records(Topic.ROLLOUTS)).hasSize(1);
    }

    @Test
    void lostAnswerLeavesTheRecordsWritten() {
        LogUnavailable failure = new LogUnavailable("no answer", null);
        broker.loseNextAnswer(failure);

        assertThat(Await.failure(log().writer().append(List.of(Entries.leader("a")))))
                .isSameAs(failure);

        assertThat(broker.records(Topic.ROLLOUTS)).hasSize(1);
    }

    @Test
    void duplicatedAppendIsReadTwice() {
        broker.duplicateNextAppend();

        Await.value(log().writer().append(Entries.progress("pg-1/acme", 1, 2)));

        assertThat(sequences(broker.records(Topic.PROGRESS))).containsExactly(1, 2, 1, 2);
    }

    @Test
    void heldDeliveryComesAfterItsRelease() {
        broker.holdDelivery();
        Await.value(log().writer().append(List.of(Entries.leader("a"))));
        CollectingSink sink = new CollectingSink();
        LogFeed feed = log().follow(log().topicPartitions(Topic.ROLLOUTS), sink);
        assertThat(sink.records()).isEmpty();
        assertThat(feed.caughtUp().isComplete()).isFalse();

        broker.releaseDelivery();

        Await.value(feed.caughtUp());
        assertThat(sink.records()).hasSize(1);
    }

    @Test
    void deposedLeaderIsToldAndTheNextIsElected() {
        RecordingCandidate first = new RecordingCandidate();
        RecordingCandidate second = new RecordingCandidate();
        log().standForElection("leader", first);
        log().standForElection("leader", second);

        broker.depose("leader");

        Await.until("the second candidate leads", second::leads);
        assertThat(first.news()).containsExactly("elected", "deposed");
    }
}
