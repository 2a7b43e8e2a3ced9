package dev.skein.ops.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.embedded.EmbeddedKafka;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the parts of one process reach the broker in it.
 *
 * @param client properties that its clients need, a secret among them: left out of {@code toString}
 */
public record BrokerAddress(String bootstrapServers, Map<String, String> client) {
    /** Copies the map. */
    public BrokerAddress {
        client = Collections.unmodifiableMap(new TreeMap<>(client));
    }

    /** Of a broker that takes everybody. */
    public static BrokerAddress open(String bootstrapServers) {
        return new BrokerAddress(bootstrapServers, Collections.emptyMap());
    }

    /**
     * Of this one. Its data belong to this process alone, so whoever led before is gone: as the
     * same member of the election this process takes the place over and does not wait until the
     * broker gives the old one up.
     */
    public static BrokerAddress of(EmbeddedKafka kafka) {
        Map<String, String> client = new TreeMap<>(kafka.clientProperties());
        client.put("group.instance.id", "standalone");
        return new BrokerAddress(kafka.bootstrapServers(), client);
    }

    /** As the section {@code kafka} of a configuration. */
    ObjectNode toSettings() {
        ObjectNode kafka =
                JsonNodeFactory.instance.objectNode().put("bootstrap-servers", bootstrapServers);
        if (!client.isEmpty()) {
            ObjectNode properties = kafka.putObject("properties");
            client.forEach(properties::put);
        }
        return kafka;
    }

    @Override
    public String toString() {
        return "BrokerAddress[%s, client properties %s]"
                .formatted(bootstrapServers, client.keySet());
    }
}
