package dev.skein.agent.config;

import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.log.LogConfig;
import dev.skein.protocol.log.LogSection;
import dev.skein.protocol.settings.Settings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything an agent is told by its configuration file.
 *
 * @param agent its name; distinct in the fleet
 * @param log how it reaches Kafka
 * @param servers the servers it works on, at least one
 * @param times its intervals and bounds
 * @param http where it answers about its health, if anywhere
 * @param reportRowData whether its reports may hold the values of rows, such as those that a failed
 *     constraint names
 * @param runners what carries out delegated steps, by name
 * @param runsDirectory where it notes the runs that are under way, for the agent after it
 */
public record AgentConfig(
        AgentId agent,
        LogConfig log,
        List<ServerConfig> servers,
        AgentTimes times,
        Optional<HttpConfig> http,
        boolean reportRowData,
        SortedMap<String, RunnerConfig> runners,
        Path runsDirectory) {
    /**
     * @throws IllegalArgumentException if two servers have one name
     */
    public AgentConfig {
        servers = List.copyOf(servers);
        runners = Collections.unmodifiableSortedMap(new TreeMap<>(runners));
        Set<String> names = new HashSet<>();
        for (ServerConfig server : servers) {
            if (!names.add(server.name())) {
                throw new IllegalArgumentException(
                        "servers: two are named '" + server.name() + "'");
            }
        }
    }

    /** An agent that reports what the server says, values included. */
    public AgentConfig(
            AgentId agent,
            LogConfig log,
            List<ServerConfig> servers,
            AgentTimes times,
            Optional<HttpConfig> http) {
        this(
                agent,
                log,
                servers,
                times,
                http,
                true,
                Collections.emptySortedMap(),
                temporary(agent.value()));
    }

    private static Path temporary(String agent) {
        String directory = Optional.ofNullable(System.getenv("TMPDIR")).orElse("/tmp");
        return Path.of(directory, "skein-runs-" + agent);
    }

    /** Reads a whole configuration; for {@code SettingsFile.read}. */
    public static AgentConfig read(Settings settings) {
        AgentId agent = settings.value("agent", AgentId::new);
        List<ServerConfig> servers = settings.sections("servers", ServerConfig::read);
        if (settings.sections("servers").isEmpty() && !settings.isBroken("servers")) {
            settings.problem("servers", "needs at least one server");
        }
        AgentTimes times = AgentTimes.read(settings);
        Optional<HttpConfig> http = settings.section("http", HttpConfig::read);
        boolean rowData = settings.flag("report-row-data", true);
        return new AgentConfig(
                agent,
                LogSection.read(settings.section("kafka")),
                servers,
                times,
                http,
                rowData,
                settings.named("runners", RunnerConfig::read),
                settings.optionalValue("runs-directory", RunnerConfig::absolute)
                        .orElseGet(() -> temporary(String.valueOf(agent))));
    }
}
