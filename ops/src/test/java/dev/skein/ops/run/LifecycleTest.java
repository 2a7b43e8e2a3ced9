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
class LifecycleTest {
    private final List<String> stopped = new CopyOnWriteArrayList<>();
    private final Lifecycle lifecycle = new Lifecycle();

    private void add(String name) {
        lifecycle.add(name, name, () -> stopped.add(name));
    }

    @Test
    void partsStopInReverseOrder() {
        add("kafka");
        add("log");
        add("agent");
        lifecycle.close();
        assertThat(stopped).containsExactly("agent", "log", "kafka");
    }

    @Test
    void partThatDoesNotStopKeepsNoOtherFromStopping() {
        add("kafka");
        lifecycle.add(
                "log",
                "log",
                () -> {
                    throw new IllegalStateException("stuck");
                });
        add("agent");
        lifecycle.close();
        assertThat(stopped).containsExactly("agent", "kafka");
    }

    @Test
    void closingTwiceStopsOnce() {
        add("kafka");
        lifecycle.close();
        lifecycle.close();
        assertThat(stopped).containsExactly("kafka");
    }

    @Test
    void partThatComesTooLateIsStoppedAtOnce() {
        lifecycle.close();
        assertThatThrownBy(() -> add("agent")).hasMessageContaining("the process ends");
        assertThat(stopped).containsExactly("agent");
    }

    @Test
    void nothingStartsAfterTheEnd() {
        lifecycle.close();
        assertThatThrownBy(() -> lifecycle.start("kafka", () -> () -> stopped.add("kafka")))
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
                        () -> lifecycle.start("kafka", () -> waited(begun, go, kafka)));
        begun.await();
        // when
        CompletableFuture<Void> closing = CompletableFuture.runAsync(lifecycle::close);
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
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(lifecycle::untilTold);
        lifecycle.close();
        waiting.join();
        assertThat(stopped).containsExactly("kafka");
    }

    @Test
    void failureOfAPartIsItsOwn() {
        Future<String> failed = Future.failedFuture(new IllegalArgumentException("no such port"));
        assertThatThrownBy(() -> Lifecycle.await("starting", failed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such port");
        assertThat(Lifecycle.await("starting", Future.succeededFuture("up"))).isEqualTo("up");
    }
}
