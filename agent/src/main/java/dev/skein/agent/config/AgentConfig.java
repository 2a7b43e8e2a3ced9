package dev.skein.agent.config;

import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.log.LogConfig;
import dev.skein.protocol.settings.Settings;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Everything an agent is told by its configuration file.
 *
 * @param agent its name; distinct in the fleet
 * @param log how it reaches Kafka
 * @param servers the servers it works on, at least one
 * @param times its intervals and bounds
 * @param http where it answers about its health, if anywhere
 */
public record AgentConfig(
        AgentId agent,
        LogConfig log,
        List<ServerConfig> servers,
        AgentTimes times,
        Optional<HttpConfig> http) {
    /**
     * @throws IllegalArgumentException if there is no server, or two have one name
     */
    public AgentConfig {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("servers: needs at least one");
        }
        Set<String> names = new HashSet<>();
        for (ServerConfig server : servers) {
            if (!names.add(server.name())) {
                throw new IllegalArgumentException(
                        "servers: two are named '" + server.name() + "'");
            }
        }
    }

    /** Reads a whole configuration; for {@code SettingsFile.read}. */
    public static AgentConfig read(Settings settings) {
        AgentId agent = settings.value("agent", AgentId::new);
        List<ServerConfig> servers = settings.sections("servers", ServerConfig::read);
        AgentTimes times = AgentTimes.read(settings);
        Optional<HttpConfig> http = settings.section("http", HttpConfig::read);
        // Last, because it refuses what is wrong at once and would hide the rest.
        return new AgentConfig(agent, log(settings.section("kafka")), servers, times, http);
    }

    private static LogConfig log(Settings kafka) {
        String servers = kafka.text("bootstrap-servers");
        Optional<String> prefix = kafka.optionalText("topic-prefix");
        SortedMap<String, String> properties = kafka.labels("properties");
        LogConfig config = LogConfig.of(servers).withClient(properties);
        return prefix.map(config::withTopicPrefix).orElse(config);
    }
}
