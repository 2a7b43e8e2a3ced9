package dev.skein.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PendingAppendsTest {
    private static final LogUnavailable DOWN = new LogUnavailable("down", null);
    private static final List<Entry> ENTRIES = List.of(Entries.leader("a"));
    private static final List<Position> POSITIONS =
            List.of(new Position(new TopicPartition(Topic.ROLLOUTS, 0), 7));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Vertx vertx;
    private Context context;
    private PendingAppends pending;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        context = vertx.getOrCreateContext();
        pending = new PendingAppends(vertx, new LogMetrics(registry), 4);
    }

    @AfterEach
    void stop() {
        Await.value(vertx.close());
    }

    @Test
    void answerReachesTheCallerOnItsContext() {
        Promise<Context> told = Promise.promise();
        onContext(
                () -> {
                    AppendRequest request = pending.add(ENTRIES);
                    request.promise()
                            .future()
                            .onComplete(done -> told.complete(Vertx.currentContext()));
                    vertx.executeBlocking(
                            () -> {
                                pending.succeed(request, POSITIONS);
                                return null;
                            });
                });

        assertThat(Await.value(told.future())).isSameAs(context);
    }

    @Test
    void failureFailsWhatHasNoAnswerYet() {
        AppendRequest answered = pending.add(ENTRIES);
        AppendRequest open = pending.add(ENTRIES);
        pending.succeed(answered, POSITIONS);

        pending.failAll(DOWN);

        assertThat(Await.value(answered.promise().future())).isEqualTo(POSITIONS);
        assertThat(Await.failure(open.promise().future())).isSameAs(DOWN);
        assertThat(pending.waits(open)).isFalse();
    }

    @Test
    void whatIsAppendedBeforeTheCallerIsToldFailsToo() {
        List<String> told = new ArrayList<>();
        Promise<Void> done = Promise.promise();
        onContext(
                () -> {
                    follow(told, "first", pending.add(ENTRIES), () -> {});
                    // Fails while the caller's context is busy: it cannot have been told.
                    pending.failAll(DOWN);
                    AppendRequest second = pending.add(ENTRIES);
                    assertThat(pending.waits(second)).isFalse();
                    follow(
                            told,
                            "second",
                            second,
                            () -> {
                                assertThat(pending.waits(pending.add(ENTRIES))).isTrue();
                                done.complete();
                            });
                });

        Await.value(done.future());
        assertThat(told).containsExactly("first", "second");
    }

    @Test
    void otherContextsGoOnAtOnce() {
        onContext(
                () -> {
                    pending.add(ENTRIES);
                    pending.failAll(DOWN);
                });

        AppendRequest other = pending.add(ENTRIES);

        assertThat(pending.waits(other)).isTrue();
        pending.succeed(other, POSITIONS);
        assertThat(Await.value(other.promise().future())).isEqualTo(POSITIONS);
    }

    @Test
    void failureOfOneRequestLeavesTheOthers() {
        AppendRequest large = pending.add(ENTRIES);
        AppendRequest next = pending.add(ENTRIES);

        pending.fail(large, new LogRefused("too large", null));

        assertThat(Await.failure(large.promise().future())).isInstanceOf(LogRefused.class);
        assertThat(pending.waits(next)).isTrue();
    }

    @Test
    void moreThanMayWaitFail() {
        for (int number = 0; number < 4; number++) {
            assertThat(pending.waits(pending.add(ENTRIES))).isTrue();
        }

        assertThat(Await.failure(pending.add(ENTRIES).promise().future()))
                .isInstanceOf(LogUnavailable.class)
                .hasMessageContaining("4 appends wait");
        assertThat(registry.get("log.append.waiting").gauge().value()).isEqualTo(4);
    }

    @Test
    void answersGivenAgainCountForNothing() {
        AppendRequest request = pending.add(ENTRIES);
        pending.succeed(request, POSITIONS);
        pending.fail(request, DOWN);

        assertThat(Await.value(request.promise().future())).isEqualTo(POSITIONS);
        pending.succeed(request, POSITIONS);
    }

    private static void follow(
            List<String> told, String name, AppendRequest request, Runnable then) {
        request.promise()
                .future()
                .onFailure(
                        failure -> {
                            told.add(name);
                            then.run();
                        });
    }

    private void onContext(Runnable action) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(
                ignored -> {
                    try {
                        action.run();
                        done.complete();
                    } catch (RuntimeException | AssertionError e) {
                        done.fail(e);
                    }
                });
        Await.value(done.future());
    }
}
