package dev.skein.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class KafkaEventLogIT extends EventLogContract {
    private final LogConfig config =
            LogConfig.of(TestServers.kafka().bootstrapServers())
                    .withTopicPrefix("it-" + UUID.randomUUID())
                    .withTopics(new TopicSettings(4, Optional.of(1)))
                    .withLimits(
                            LogLimits.DEFAULT.withTimeouts(
                                    Duration.ofSeconds(30), Duration.ofSeconds(5)));

    /** Of the log opened last. */
    private SimpleMeterRegistry registry;

    @Override
    EventLog open(Vertx processVertx) {
        registry = new SimpleMeterRegistry();
        return Await.value(KafkaEventLog.open(processVertx, config, registry));
    }

    @Test
    void recordsReadAreCounted() {
        Await.value(log().writer().append(Entries.progress("pg-1/acme", 1, 7)));
        Await.value(log().follow(log().slices(Topic.PROGRESS), new CollectingSink()).caughtUp());

        assertThat(registry.get("log.feed.records").tag("kind", "progress").counter().count())
                .isEqualTo(7);
        assertThat(registry.get("log.append.duration").tag("outcome", "ok").timer().count())
                .isEqualTo(1);
    }
}
