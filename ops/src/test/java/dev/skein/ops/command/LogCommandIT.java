package dev.skein.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.LeadershipTaken;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.ForeignRecords;
import dev.skein.protocol.log.KafkaEventLog;
import dev.skein.protocol.log.LogConfig;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runbook for a record that stops every reader, over a real broker. */
class LogCommandIT {
    private static final String PREFIX = "log-command-" + ProcessHandle.current().pid();

    @TempDir private Path directory;
    private final Vertx vertx = Vertx.vertx();
    private final LogConfig log =
            LogConfig.of(TestServers.kafka().bootstrapServers()).withTopicPrefix(PREFIX);
    private String config;

    @BeforeEach
    void aLogWithALeader() throws IOException {
        config =
                Files.writeString(
                                directory.resolve("orchestrator.yaml"),
                                "orchestrator: one\nkafka: {bootstrap-servers: '"
                                        + log.bootstrapServers()
                                        + "', topic-prefix: "
                                        + PREFIX
                                        + "}\n")
                        .toString();
        KafkaEventLog opened =
                Await.value(KafkaEventLog.open(vertx, log, new SimpleMeterRegistry()));
        LeadershipTaken leader = new LeadershipTaken("one", "http://one", Instant.EPOCH);
        Entry entry = new Entry(Topic.ROLLOUTS, Envelope.uncounted("orchestrator:one", leader));
        Await.value(opened.writer().append(List.of(entry)));
    }

    @AfterEach
    void close() {
        Await.value(vertx.close());
    }

    @Test
    void recordThatStopsEveryReaderIsFoundLookedAtAndPassedOver() {
        // given
        Position bad = ForeignRecords.append(log, Topic.ROLLOUTS, "r-1", "{\"half\": \u001b[31m");
        ForeignRecords.append(log, Topic.PROGRESS, "pg-1/acme", "nonsense");
        // then
        Said found = Said.by("log", "inspect", "--config", config);
        assertThat(found.endedWith(1).out())
                .contains("every reader stops at " + bad.path() + ", key r-1: record rollouts-0@")
                .contains("skein log skip --config " + config + " --at " + bad.path());
        assertThat(Said.by("log", "inspect", "--config", config, "--at", bad.path()).done().out())
                .contains("key     r-1")
                .contains("{\"half\": ")
                .doesNotContain("\u001b");
        // when
        Said elsewhere = skip("rollouts/0/0");
        assertThat(elsewhere.endedWith(3).err())
                .contains("readers do not stop at rollouts/0/0 but at " + bad.path());
        Said skipped = skip(bad.path());
        // then
        assertThat(skipped.done().out())
                .contains("record " + bad.path() + " is to be skipped, by ann: half a record")
                .contains("no reader stops")
                .contains("passed over " + bad.path() + ", by ann")
                .contains("set aside progress/");
        assertThat(Said.by("log", "inspect", "--config", config).done().out())
                .contains("no reader stops");
        assertThat(skip(bad.path()).endedWith(3).err())
                .contains("no reader stops at " + bad.path());
    }

    private Said skip(String position) {
        return Said.by(
                "log",
                "skip",
                "--config",
                config,
                "--at",
                position,
                "--by",
                "ann",
                "--why",
                "half a record");
    }

    @Test
    void wrongPositionsAreWrongUse() {
        Said.by("log", "inspect", "--config", config, "--at", "rollouts@7")
                .refused("is no position");
        Said.by("log", "inspect", "--config", config, "--at", "rides/0/7")
                .refused("the log has plans, rollouts");
        Said.by("log", "inspect").refused("--config");
    }
}
