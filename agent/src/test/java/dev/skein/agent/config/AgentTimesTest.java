package dev.skein.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentTimesTest {
    @Test
    void whatIsLeftOutHasADefault() {
        assertThat(Yaml.read("{}", AgentTimes::read))
                .isEqualTo(
                        new AgentTimes(
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(10),
                                Duration.ofMinutes(10),
                                Duration.ofSeconds(30)));
    }

    @Test
    void everyKeyMaps() {
        assertThat(
                        Yaml.read(
                                """
                                discovery-interval: 1m
                                heartbeat-interval: 2s
                                unavailable-limit: 3h
                                stop-grace: 4s
                                """,
                                AgentTimes::read))
                .isEqualTo(
                        new AgentTimes(
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(2),
                                Duration.ofHours(3),
                                Duration.ofSeconds(4)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "discovery-interval: 999ms",
                "discovery-interval: 25h",
                "heartbeat-interval: 0s",
                "heartbeat-interval: 6m",
                "unavailable-limit: 10ms",
                "unavailable-limit: 8d",
                "stop-grace: 61m",
                "stop-grace: soon"
            })
    void everyBoundRefuses(String yaml) {
        assertThat(Yaml.problems(yaml, AgentTimes::read))
                .singleElement()
                .asString()
                .startsWith(yaml.substring(0, yaml.indexOf(':')));
    }
}
