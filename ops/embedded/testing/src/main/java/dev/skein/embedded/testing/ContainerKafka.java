package dev.skein.embedded.testing;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.testcontainers.kafka.KafkaContainer;

/** Apache Kafka's official image, as Testcontainers runs it: broker and controller at once. */
final class ContainerKafka implements TestKafka {
    private static final int CLIENT_PORT = 9092;
    private static final long READY_MAX_SECONDS = 60;

    private final RestartableContainer container;
    private final String bootstrapServers;

    private ContainerKafka(RestartableContainer container, String bootstrapServers) {
        this.container = container;
        this.bootstrapServers = bootstrapServers;
    }

    static ContainerKafka start(String image, int port) {
        RestartableContainer running = RestartableContainer.start(describe(image, port));
        return new ContainerKafka(running, running.host() + ":" + port);
    }

    /**
     * The container before its start, with the settings of the embedded broker on which tests rely.
     */
    static KafkaContainer describe(String image, int port) {
        KafkaContainer container = new KafkaContainer(image).withEnv(environment());
        container.setPortBindings(List.of(port + ":" + CLIENT_PORT));
        return container;
    }

    /** Broker settings as the image takes them: {@code a.b.c} as {@code KAFKA_A_B_C}. */
    private static Map<String, String> environment() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("auto.create.topics.enable", "false");
        settings.put("message.max.bytes", Integer.toString(16 << 20));
        settings.put("replica.fetch.max.bytes", Integer.toString(16 << 20));
        settings.put("log.retention.ms", "-1");
        settings.put("log.retention.bytes", "-1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        Map<String, String> environment = new TreeMap<>();
        settings.forEach(
                (name, value) ->
                        environment.put(
                                "KAFKA_" + name.replace('.', '_').toUpperCase(Locale.ROOT), value));
        return Collections.unmodifiableMap(environment);
    }

    @Override
    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public synchronized void start() {
        if (container.startAgain()) {
            awaitReady();
        }
    }

    private void awaitReady() {
        Map<String, Object> address =
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (Admin admin = Admin.create(address)) {
            admin.describeCluster().nodes().get(READY_MAX_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "Kafka in a container has not answered on %s within %d s"
                            .formatted(bootstrapServers, READY_MAX_SECONDS),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka started", e);
        }
    }

    /**
     * Stops the broker in order. The container's first process is a shell, which passes no signal
     * on; the signal goes to the broker itself, the only Java process there, and the shell ends
     * with it.
     */
    @Override
    public synchronized void stop() {
        container.stopBy("kill -TERM $(pidof java)");
    }

    @Override
    public synchronized void close() {
        container.close();
    }
}
