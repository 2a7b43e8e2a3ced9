package dev.skein.agent.config;

import dev.skein.protocol.settings.Settings;
import java.time.Duration;

/**
 * The intervals and bounds of an agent.
 *
 * @param discovery between two looks at a server, from the end of the first; 1 s to 1 day
 * @param heartbeat between two signs of life, 1 s to 5 min; silent for three of them, an agent
 *     counts as unreachable
 * @param unavailable how long a database may be unreachable before its order fails; 1 s to 7 days
 * @param stopGrace how long a stopping agent waits for running steps; 0 to 1 h
 */
public record AgentTimes(
        Duration discovery, Duration heartbeat, Duration unavailable, Duration stopGrace) {
    private static final Duration SECOND = Duration.ofSeconds(1);

    static AgentTimes read(Settings settings) {
        AgentTimes defaults = defaults();
        return new AgentTimes(
                settings.duration(
                        "discovery-interval", defaults.discovery, SECOND, Duration.ofDays(1)),
                settings.duration(
                        "heartbeat-interval", defaults.heartbeat, SECOND, Duration.ofMinutes(5)),
                settings.duration(
                        "unavailable-limit", defaults.unavailable, SECOND, Duration.ofDays(7)),
                settings.duration(
                        "stop-grace", defaults.stopGrace, Duration.ZERO, Duration.ofHours(1)));
    }

    /** 30 s, 10 s, 10 min and 30 s. */
    public static AgentTimes defaults() {
        return new AgentTimes(
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofSeconds(30));
    }
}
