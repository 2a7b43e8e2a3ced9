package dev.skein.ops.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PartsTest {
    private final List<String> stopped = new CopyOnWriteArrayList<>();
    private final Parts parts = new Parts();

    private void add(String name) {
        parts.add(name, name, () -> stopped.add(name));
    }

    @Test
    void partsStopInReverseOrder() {
        add("kafka");
        add("log");
        add("agent");
        parts.close();
        assertThat(stopped).containsExactly("agent", "log", "kafka");
    }

    @Test
    void partThatDoesNotStopKeepsNoOtherFromStopping() {
        add("kafka");
        parts.add(
                "log",
                "log",
                () -> {
                    throw new IllegalStateException("stuck");
                });
        add("agent");
        parts.close();
        assertThat(stopped).containsExactly("agent", "kafka");
    }

    @Test
    void closingTwiceStopsOnce() {
        add("kafka");
        parts.close();
        parts.close();
        assertThat(stopped).containsExactly("kafka");
    }

    @Test
    void partThatComesTooLateIsStoppedAtOnce() {
        parts.close();
        assertThatThrownBy(() -> add("agent")).hasMessageContaining("the process ends");
        assertThat(stopped).containsExactly("agent");
    }

    @Test
    void nothingStartsAfterTheEnd() {
        parts.close();
        assertThatThrownBy(() -> parts.start("kafka", () -> () -> stopped.add("kafka")))
                .hasMessageContaining("the process ends");
        assertThat(stopped).isEmpty();
    }

    @Test
    void endWaitsForAPartThatIsStartingAndStopsIt() throws InterruptedException {
        // given
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AutoCloseable kafka = () -> stopped.add("kafka");
        CompletableFuture<AutoCloseable> starting =
                CompletableFuture.supplyAsync(
                        () -> parts.start("kafka", () -> waited(begun, go, kafka)));
        begun.await();
        // when
        CompletableFuture<Void> closing = CompletableFuture.runAsync(parts::close);
        go.countDown();
        // then
        closing.join();
        assertThat(starting).isCompletedWithValue(kafka);
        assertThat(stopped).containsExactly("kafka");
    }

    private static AutoCloseable waited(
            CountDownLatch begun, CountDownLatch go, AutoCloseable part) {
        begun.countDown();
        try {
            go.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        return part;
    }

    @Test
    void untilToldReturnsWhenAllIsClosed() {
        add("kafka");
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(parts::untilTold);
        parts.close();
        waiting.join();
        assertThat(stopped).containsExactly("kafka");
    }

    @Test
    void failureOfAPartIsItsOwn() {
        Future<String> failed = Future.failedFuture(new IllegalArgumentException("no such port"));
        assertThatThrownBy(() -> Parts.await("starting", failed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such port");
        assertThat(Parts.await("starting", Future.succeededFuture("up"))).isEqualTo("up");
    }
}
