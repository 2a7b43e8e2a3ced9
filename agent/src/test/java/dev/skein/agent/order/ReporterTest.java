package dev.skein.agent.order;

import static dev.skein.agent.order.Facts.ROLLOUT;
import static dev.skein.agent.order.Facts.at;
import static dev.skein.agent.order.Facts.db;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.log.InMemoryBroker;
import dev.skein.protocol.log.InMemoryEventLog;
import dev.skein.protocol.log.LogRefused;
import dev.skein.protocol.log.LogUnavailable;
import dev.skein.protocol.log.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReporterTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final InMemoryBroker broker = InMemoryBroker.counting(4);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Reporter reporter =
            new Reporter(vertx, new InMemoryEventLog(vertx, broker).writer(), registry);

    @AfterEach
    void close() {
        Await.value(vertx.close());
    }

    @Test
    void reportsOfADatabaseKeepTheirOrder() {
        // when
        Await.value(onContext(() -> reportAll(1, 1200)));

        // then
        assertThat(sequences()).isEqualTo(LongStream.rangeClosed(1, 1200).boxed().toList());
        assertThat(registry.get("agent.reports.sent").counter().count()).isEqualTo(1200);
    }

    @Test
    void reportsAreSentAgainUntilTheLogTakesThem() {
        // given
        broker.refuseNextAppend(new LogUnavailable("broker down", null));
        broker.refuseNextAppend(new LogUnavailable("broker down", null));

        // when
        Await.value(onContext(() -> reportAll(1, 3)));

        // then
        assertThat(sequences()).containsExactly(1L, 2L, 3L);
        assertThat(registry.get("agent.reports.resent").counter().count()).isEqualTo(2);
        assertThat(registry.get("agent.reports.waiting").gauge().value()).isZero();
    }

    @Test
    void aLostAnswerSendsTheSameEnvelopesAgain() {
        // given
        broker.loseNextAnswer(new LogUnavailable("no answer", null));

        // when
        Await.value(onContext(() -> reporter.progress(report(1))));

        // then
        assertThat(sequences()).containsExactly(1L, 1L);
        assertThat(broker.records(Topic.PROGRESS))
                .extracting(record -> record.envelope().id())
                .containsOnly(report(1).id());
    }

    @Test
    void aRefusalForGoodFailsWhatWaitsAndWhatComesLater() {
        // given
        broker.refuseNextAppend(new LogRefused("not authorized to write", null));

        // when
        Throwable first = Await.failure(onContext(() -> reportAll(1, 2)));

        // then
        assertThat(first).isInstanceOf(LogRefused.class);
        assertThat(Await.failure(reporter.broken())).isSameAs(first);
        assertThat(Await.failure(onContext(() -> reporter.progress(report(3))))).isSameAs(first);
        assertThat(sequences()).isEmpty();
    }

    private Future<Void> reportAll(int first, int last) {
        List<Future<Void>> said = new ArrayList<>();
        IntStream.rangeClosed(first, last)
                .forEach(sequence -> said.add(reporter.progress(report(sequence))));
        return Future.join(said).mapEmpty();
    }

    private static Envelope report(int sequence) {
        OrderStopped event =
                new OrderStopped(db("a"), ROLLOUT, 1, new Progress(0, 1), at(sequence));
        return Envelope.counted("database:pg-1/a", sequence, event);
    }

    private List<Long> sequences() {
        return broker.records(Topic.PROGRESS).stream()
                .map(record -> record.envelope().sequence())
                .toList();
    }

    private Future<Void> onContext(Supplier<Future<Void>> action) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(ignored -> action.get().onComplete(done));
        return done.future();
    }
}
