package dev.skein.agent;

import dev.skein.agent.discovery.Inventory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;

/** How many databases an agent has, and on how many of its servers something is wrong. */
final class AgentMetrics {
    private AgentMetrics() {}

    static void register(MeterRegistry registry, Map<String, Inventory> inventories) {
        Gauge.builder("agent.databases", inventories, AgentMetrics::databases)
                .description("Databases found")
                .register(registry);
        Gauge.builder("agent.servers.troubled", inventories, AgentMetrics::troubled)
                .description("Servers whose list of databases has a problem")
                .register(registry);
    }

    private static double databases(Map<String, Inventory> inventories) {
        return inventories.values().stream().mapToInt(each -> each.databases().size()).sum();
    }

    private static double troubled(Map<String, Inventory> inventories) {
        return inventories.values().stream().filter(each -> each.problem().isPresent()).count();
    }
}
