package dev.skein.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The configuration of a Kafka process that is broker and controller at once, and alone. */
final class BrokerProperties {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final long RECORD_MAX_BYTES = 16L << 20;

    private BrokerProperties() {}

    /**
     * The whole configuration.
     *
     * @param controllerPort may change from start to start: the only voter is known by its node id,
     *     and neither the metadata log nor the quorum state keeps the address
     */
    static Properties of(Path logDir, int port, int controllerPort, Map<String, String> overrides) {
        Properties properties = new Properties();
        identity(properties, logDir, port, controllerPort);
        singleNode(properties);
        limits(properties);
        small(properties);
        properties.putAll(overrides);
        return properties;
    }

    private static void identity(Properties properties, Path logDir, int port, int controllerPort) {
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE_ID));
        properties.put("log.dirs", logDir.toString());
        properties.put(
                "listeners",
                "CLIENT://%s:%d,CONTROLLER://%s:%d"
                        .formatted(Ports.LOOPBACK, port, Ports.LOOPBACK, controllerPort));
        properties.put("advertised.listeners", "CLIENT://%s:%d".formatted(Ports.LOOPBACK, port));
        properties.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("inter.broker.listener.name", "CLIENT");
        properties.put("controller.listener.names", CONTROLLER_LISTENER);
        properties.put(
                "controller.quorum.voters",
                "%d@%s:%d".formatted(NODE_ID, Ports.LOOPBACK, controllerPort));
    }

    private static void singleNode(Properties properties) {
        for (String topic : new String[] {"offsets.topic", "transaction.state.log"}) {
            properties.put(topic + ".replication.factor", "1");
            properties.put(topic + ".num.partitions", "1");
        }
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "1");
        properties.put("default.replication.factor", "1");
        properties.put("min.insync.replicas", "1");
        properties.put("auto.leader.rebalance.enable", "false");
        // Nobody else will join, so waiting for more group members is time lost.
        properties.put("group.initial.rebalance.delay.ms", "0");
        // After a kill the controller holds the place of the broker's former self for this long.
        properties.put("broker.session.timeout.ms", "3000");
        properties.put("broker.heartbeat.interval.ms", "500");
        properties.put("server.max.startup.time.ms", "30000");
    }

    private static void limits(Properties properties) {
        properties.put("auto.create.topics.enable", "false");
        properties.put("message.max.bytes", Long.toString(RECORD_MAX_BYTES));
        properties.put("replica.fetch.max.bytes", Long.toString(RECORD_MAX_BYTES));
        // Unlimited: a topic that forgets says so in its own configuration.
        properties.put("log.retention.ms", "-1");
        properties.put("log.retention.bytes", "-1");
    }

    /** Each partition preallocates its indexes, and the cleaner its buffers, at start. */
    private static void small(Properties properties) {
        properties.put("log.segment.bytes", Integer.toString(256 << 20));
        properties.put("log.index.size.max.bytes", Integer.toString(1 << 20));
        properties.put("offsets.topic.segment.bytes", Integer.toString(16 << 20));
        properties.put("transaction.state.log.segment.bytes", Integer.toString(16 << 20));
        properties.put("log.cleaner.threads", "1");
        properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        properties.put("background.threads", "2");
        properties.put("num.recovery.threads.per.data.dir", "2");
    }
}
