package dev.skein.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Slice;
import dev.skein.protocol.log.Topic;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParkedTest {
    private static final Slice ROLLOUTS = new Slice(Topic.ROLLOUTS, 0);
    private static final Slice ORDERS = new Slice(Topic.ORDERS, 3);

    private final Parked parked = new Parked();

    @Test
    void nothingToWaitForIsOverAtOnce() {
        assertThat(parked.until(List.of()).succeeded()).isTrue();
    }

    @Test
    void futureWaitsUntilEverySliceHasPassed() {
        Future<Void> both = parked.until(List.of(at(ROLLOUTS, 4), at(ORDERS, 7)));

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

        assertThat(parked.until(List.of(at(ROLLOUTS, 8), at(ROLLOUTS, 9))).succeeded()).isTrue();
        assertThat(parked.until(List.of(at(ROLLOUTS, 10))).isComplete()).isFalse();
    }

    @Test
    void nothingIsReleasedInTheMiddleOfABatch() {
        Future<Void> waiting = parked.until(List.of(at(ROLLOUTS, 1)));

        parked.pass(at(ROLLOUTS, 1));

        assertThat(waiting.isComplete()).isFalse();
    }

    @Test
    void whatWaitedForSkippedOffsetsIsReleasedByALaterOne() {
        Future<Void> early = parked.until(List.of(at(ORDERS, 1)));
        Future<Void> late = parked.until(List.of(at(ORDERS, 9)));

        pass(at(ORDERS, 5));

        assertThat(early.succeeded()).isTrue();
        assertThat(late.isComplete()).isFalse();
    }

    @Test
    void failureReachesEverythingThatWaits() {
        Future<Void> waiting = parked.until(List.of(at(ROLLOUTS, 1), at(ORDERS, 1)));
        IllegalStateException cause = new IllegalStateException("stopped");

        parked.fail(cause);

        assertThat(waiting.cause()).isSameAs(cause);
    }

    private void pass(Position position) {
        parked.pass(position);
        parked.release();
    }

    private static Position at(Slice slice, long offset) {
        return new Position(slice, offset);
    }
}
