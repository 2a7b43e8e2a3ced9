package dev.skein.agent.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.codec.PlanCodec;
import dev.skein.protocol.event.PlanPublished;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.InMemoryBroker;
import dev.skein.protocol.log.InMemoryEventLog;
import dev.skein.protocol.log.LogWriter;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plans are kept by the length of their texts, the one used last whatever its length. */
final class PlanCacheTest {
    private static final long TEXT_MAX = 100;

    private final Vertx vertx = Vertx.vertx();
    private final InMemoryBroker broker = InMemoryBroker.counting(4);
    private final LogWriter orchestrator = new InMemoryEventLog(vertx, broker).writer();
    private final PlanCache cache =
            new PlanCache(vertx, new InMemoryEventLog(vertx, broker), TEXT_MAX);
    private final Map<PlanId, Long> offsets = new HashMap<>();

    @AfterEach
    void close() {
        Await.value(vertx.close());
    }

    private PlanId published(String version, int length) {
        Plan plan =
                new Plan(
                        Framework.SQL,
                        Optional.empty(),
                        List.of(
                                new Migration(
                                        MigrationKind.VERSIONED,
                                        version,
                                        "one",
                                        "1.up.sql",
                                        Optional.empty(),
                                        List.of(new ScriptStep("x".repeat(length - 10))),
                                        Optional.of(List.of(new ScriptStep("y".repeat(10)))))));
        PlanId id = PlanCodec.idOf(plan);
        PlanPublished event = new PlanPublished(id, "p", plan, "ops", Facts.at(0));
        Envelope envelope = Envelope.uncounted("orchestrator:o", event);
        List<Entry> entries = List.of(new Entry(Topic.PLANS, envelope));
        offsets.put(id, Await.value(orchestrator.append(entries)).get(0).offset());
        return id;
    }

    private Plan read(PlanId id) {
        return Await.value(
                cache.planOf(Facts.orderOf(Facts.ROLLOUT, Facts.db("a"), id, offsets.get(id))));
    }

    @Test
    void plansThatFitAreKept() {
        PlanId one = published("1", 50);
        PlanId two = published("2", 50);
        read(one);
        read(two);
        assertThat(cache.holds(one)).isTrue();
        assertThat(cache.holds(two)).isTrue();
    }

    @Test
    void planUsedLongestAgoIsGivenUpForOneThatFitsNoMore() {
        PlanId one = published("1", 40);
        PlanId two = published("2", 50);
        Plan first = read(one);
        read(two);
        read(one);
        Plan third = read(published("3", 60));
        assertThat(third.textLength()).isEqualTo(60);
        assertThat(cache.holds(two)).isFalse();
        assertThat(cache.holds(one)).isTrue();
        assertThat(read(one)).isEqualTo(first);
    }

    @Test
    void planLongerThanAllThatIsKeptStaysWhileItIsTheLast() {
        PlanId small = published("1", 20);
        PlanId large = published("2", 500);
        read(small);
        read(large);
        assertThat(cache.holds(large)).isTrue();
        assertThat(cache.holds(small)).isFalse();
        read(small);
        assertThat(cache.holds(large)).isFalse();
    }
}
