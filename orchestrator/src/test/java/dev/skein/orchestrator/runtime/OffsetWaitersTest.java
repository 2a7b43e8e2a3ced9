package dev.skein.orchestrator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.TopicPartition;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;

class OffsetWaitersTest {
    private static final TopicPartition ROLLOUTS = new TopicPartition(Topic.ROLLOUTS, 0);
    private static final TopicPartition ORDERS = new TopicPartition(Topic.ORDERS, 3);

    private final OffsetWaiters waiters = new OffsetWaiters();

    @Test
    void nothingToWaitForIsOverAtOnce() {
        assertThat(waiters.until(List.of()).succeeded()).isTrue();
    }

    @Test
    void futureWaitsUntilEveryPartitionHasPassed() {
        Future<Void> both = waiters.until(List.of(at(ROLLOUTS, 4), at(ORDERS, 7)));

        pass(at(ROLLOUTS, 4));
        assertThat(both.isComplete()).isFalse();
        pass(at(ORDERS, 6));
        assertThat(both.isComplete()).isFalse();

        pass(at(ORDERS, 7));
        assertThat(both.succeeded()).isTrue();
    }

    @Test
    void recordFoldedBeforeItsAcknowledgementIsNotWaitedFor() {
        pass(at(ROLLOUTS, 9));

        assertThat(waiters.until(List.of(at(ROLLOUTS, 8), at(ROLLOUTS, 9))).succeeded()).isTrue();
        assertThat(waiters.until(List.of(at(ROLLOUTS, 10))).isComplete()).isFalse();
    }

    @Test
    void nothingIsReleasedInTheMiddleOfABatch() {
        Future<Void> waiting = waiters.until(List.of(at(ROLLOUTS, 1)));

        waiters.pass(at(ROLLOUTS, 1));

        assertThat(waiting.isComplete()).isFalse();
    }

    @Test
    void whatWaitedForSkippedOffsetsIsReleasedByALaterOne() {
        Future<Void> early = waiters.until(List.of(at(ORDERS, 1)));
        Future<Void> late = waiters.until(List.of(at(ORDERS, 9)));

        pass(at(ORDERS, 5));

        assertThat(early.succeeded()).isTrue();
        assertThat(late.isComplete()).isFalse();
    }

    @Test
    void failureReachesEverythingThatWaits() {
        Future<Void> waiting = waiters.until(List.of(at(ROLLOUTS, 1), at(ORDERS, 1)));
        IllegalStateException cause = new IllegalStateException("stopped");

        waiters.fail(cause);

        assertThat(waiting.cause()).isSameAs(cause);
    }

    private void pass(Position position) {
        waiters.pass(position);
        waiters.release();
    }

    private static Position at(TopicPartition topicPartition, long offset) {
        return new Position(topicPartition, offset);
    }
}
