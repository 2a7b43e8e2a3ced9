package dev.skein.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every event log's feeds do. */
abstract class FeedContract extends LogFixture {
    @Test
    void feedOfAnEmptyLogHasCaughtUpAtOnce() {
        Await.value(
                log().follow(log().topicPartitions(Topic.ROLLOUTS), new CollectingSink())
                        .caughtUp());
    }

    @Test
    void feedHasCaughtUpWhenTheSinkHasTakenWhatWasThere() {
        Await.value(log().writer().append(Entries.progress(DATABASE, 1, 10)));
        CollectingSink sink = new CollectingSink();
        sink.hold();

        LogFeed feed = log().follow(log().topicPartitions(Topic.PROGRESS), sink);
        sink.awaitRecords(1);
        assertThat(feed.caughtUp().isComplete()).isFalse();
        sink.release();

        Await.value(feed.caughtUp());
        assertThat(sink.records()).hasSize(10);
    }

    @Test
    void feedHasCaughtUpBehindTheAppendsOfAnOlderLeader() {
        LogWriter writer = Await.value(log().exclusiveWriter("leader"));
        Await.value(writer.append(List.of(Entries.leader("a"), Entries.progress(DATABASE, 1))));
        Await.value(log().exclusiveWriter("leader"));

        CollectingSink sink = new CollectingSink();
        Await.value(log().follow(both(Topic.ROLLOUTS, Topic.PROGRESS), sink).caughtUp());

        assertThat(sink.records()).hasSize(2);
    }

    @Test
    void newPartitionsAreReadFromTheirFirstRecord() {
        Await.value(log().writer().append(List.of(Entries.leader("a"), Entries.leader("b"))));
        Await.value(log().writer().append(Entries.progress(DATABASE, 1, 3)));
        CollectingSink sink = new CollectingSink();
        LogFeed feed = log().follow(log().topicPartitions(Topic.ROLLOUTS), sink);
        Await.value(feed.caughtUp());

        Await.value(feed.follow(both(Topic.ROLLOUTS, Topic.PROGRESS)));

        assertThat(sink.records(Topic.ROLLOUTS)).hasSize(2);
        assertThat(sequences(sink.records(Topic.PROGRESS))).containsExactly(1, 2, 3);
    }

    @Test
    void partitionsLeftOutDeliverNothingMoreAndStartAgainFromTheirFirstRecord() {
        LogWriter writer = log().writer();
        Await.value(writer.append(Entries.progress(DATABASE, 1, 2)));
        CollectingSink sink = new CollectingSink();
        LogFeed feed = log().follow(both(Topic.ROLLOUTS, Topic.PROGRESS), sink);
        Await.value(feed.caughtUp());

        Await.value(feed.follow(log().topicPartitions(Topic.ROLLOUTS)));
        Await.value(writer.append(List.of(Entries.progress(DATABASE, 3), Entries.leader("a"))));
        sink.awaitRecords(3);
        assertThat(sequences(sink.records(Topic.PROGRESS))).containsExactly(1, 2);

        Await.value(feed.follow(both(Topic.ROLLOUTS, Topic.PROGRESS)));
        assertThat(sequences(sink.records(Topic.PROGRESS))).containsExactly(1, 2, 1, 2, 3);
        assertThat(sink.records(Topic.ROLLOUTS)).hasSize(1);
    }

    @Test
    void followingTheSamePartitionsWaitsForWhatIsThereByNow() {
        CollectingSink sink = new CollectingSink();
        LogFeed feed = log().follow(log().topicPartitions(Topic.PROGRESS), sink);
        Await.value(feed.caughtUp());
        Await.value(log().writer().append(Entries.progress(DATABASE, 1, 50)));

        Await.value(feed.follow(log().topicPartitions(Topic.PROGRESS)));

        assertThat(sink.records()).hasSize(50);
    }

    @Test
    void slowSinkGetsNoSecondBatch() {
        LogWriter writer = log().writer();
        Await.value(writer.append(Entries.progress(DATABASE, 1, 1)));
        CollectingSink sink = new CollectingSink();
        sink.hold();
        LogFeed feed = log().follow(log().topicPartitions(Topic.PROGRESS), sink);
        sink.awaitRecords(1);

        Await.value(writer.append(Entries.progress(DATABASE, 2, 1500)));
        Await.value(
                log().follow(log().topicPartitions(Topic.PROGRESS), new CollectingSink())
                        .caughtUp());
        assertThat(sink.batches()).isEqualTo(1);
        assertThat(sink.records()).hasSize(1);
        sink.release();

        sink.awaitRecords(1500);
        assertThat(sequences(sink.records()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 1500).boxed().toList());
        assertThat(feed.stopped().isComplete()).isFalse();
    }

    @Test
    void failedSinkStopsTheFeed() {
        LogWriter writer = log().writer();
        Await.value(writer.append(Entries.progress(DATABASE, 1, 1)));
        CollectingSink sink = new CollectingSink();
        sink.hold();
        LogFeed feed = log().follow(log().topicPartitions(Topic.PROGRESS), sink);
        sink.awaitRecords(1);
        IllegalStateException failure = new IllegalStateException("cannot fold this");

        sink.fail(failure);

        assertThat(Await.failure(feed.stopped())).isSameAs(failure);
        assertThat(Await.failure(feed.caughtUp())).isSameAs(failure);
        Await.value(writer.append(Entries.progress(DATABASE, 2, 2)));
        Await.value(
                log().follow(log().topicPartitions(Topic.PROGRESS), new CollectingSink())
                        .caughtUp());
        assertThat(sink.records()).hasSize(1);
    }

    @Test
    void sinkThatThrowsStopsTheFeed() {
        Await.value(log().writer().append(Entries.progress(DATABASE, 1, 1)));
        IllegalStateException failure = new IllegalStateException("cannot fold this");

        LogFeed feed =
                log().follow(
                                log().topicPartitions(Topic.PROGRESS),
                                batch -> {
                                    throw failure;
                                });

        assertThat(Await.failure(feed.stopped())).isSameAs(failure);
    }

    @Test
    void closedFeedDeliversNothingMore() {
        LogWriter writer = log().writer();
        CollectingSink sink = new CollectingSink();
        LogFeed feed = log().follow(log().topicPartitions(Topic.PROGRESS), sink);
        Await.value(feed.caughtUp());

        Await.value(feed.close());

        Await.value(feed.stopped());
        Await.value(feed.close());
        Await.value(writer.append(Entries.progress(DATABASE, 1, 3)));
        Await.value(
                log().follow(log().topicPartitions(Topic.PROGRESS), new CollectingSink())
                        .caughtUp());
        assertThat(sink.records()).isEmpty();
    }
}
