package dev.skein.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.orchestrator.config.HttpConfig;
import dev.skein.orchestrator.config.OrchestratorConfig;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.log.EventLog;
import dev.skein.protocol.log.KafkaEventLog;
import dev.skein.protocol.log.LogConfig;
import dev.skein.protocol.log.TopicSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrchestratorIT {
    private final Vertx vertx = Vertx.vertx();
    private final LogConfig kafka =
            LogConfig.of(TestServers.kafka().bootstrapServers())
                    .withTopicPrefix("orchestrator-" + UUID.randomUUID())
                    .withTopics(new TopicSettings(2, Optional.of(1)));
    private final List<EventLog> logs = new ArrayList<>();
    private final List<Throwable> faults = new ArrayList<>();

    @AfterEach
    void close() {
        logs.forEach(log -> Await.value(log.close()));
        Await.value(vertx.close());
    }

    @Test
    void leaderNamesTheAddressItListensOn() {
        Orchestrator orchestrator = start("main", 0);

        Await.until("it leads", () -> orchestrator.fleet().leading());

        String url = orchestrator.fleet().view().leader().orElseThrow().url();
        assertThat(url).isEqualTo("http://127.0.0.1:" + orchestrator.port());
        assertThat(status(orchestrator.port(), "/health/ready")).isEqualTo(200);
        assertThat(orchestrator.fleet().nextRolloutId())
                .isNotEqualTo(orchestrator.fleet().nextRolloutId());
        Await.value(orchestrator.stop());
        assertThat(faults).isEmpty();
    }

    @Test
    void stoppedOrchestratorGivesWayToTheNext() {
        Orchestrator first = start("first", 0);
        Await.until("the first leads", () -> first.fleet().leading());
        Orchestrator second = start("second", 0);

        Await.value(first.stop());

        Await.until("the second leads", () -> second.fleet().leading());
        assertThat(first.fleet().leading()).isFalse();
        Await.value(second.stop());
    }

    @Test
    void startOnATakenPortFailsAndLeavesNothingBehind() {
        Orchestrator first = start("first", 0);

        Throwable failure =
                Await.failure(
                        Orchestrator.start(vertx, config("second", first.port()), log(), host()));

        assertThat(failure)
                .hasMessageStartingWith(
                        "the HTTP API cannot listen on 127.0.0.1:" + first.port() + ": ")
                .hasMessageEndingWith("; give another http.host or http.port");
        assertThat(vertx.deploymentIDs()).hasSize(2);
        Await.value(first.stop());
        assertThat(vertx.deploymentIDs()).isEmpty();
    }

    private Orchestrator start(String name, int port) {
        return Await.value(Orchestrator.start(vertx, config(name, port), log(), host()));
    }

    private OrchestratorConfig config(String name, int port) {
        return new OrchestratorConfig(name, kafka, HttpConfig.defaults().withPort(port));
    }

    private EventLog log() {
        EventLog log =
                Await.value(
                        KafkaEventLog.open(
                                vertx,
                                kafka,
                                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));
        logs.add(log);
        return log;
    }

    private OrchestratorHost host() {
        return OrchestratorHost.of(
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                (at, fault) -> faults.add(fault));
    }

    private int status(int port, String path) {
        return Await.value(
                vertx.createHttpClient()
                        .request(HttpMethod.GET, port, "127.0.0.1", path)
                        .compose(request -> request.send())
                        .map(response -> response.statusCode()));
    }
}
