package dev.skein.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HttpConfigTest {
    @Test
    void itListensOnLoopbackUnlessToldOtherwise() {
        assertThat(Yaml.read("port: 0", HttpConfig::read))
                .isEqualTo(new HttpConfig("127.0.0.1", 0));
    }

    @Test
    void everyKeyMaps() {
        assertThat(Yaml.read("{ host: 0.0.0.0, port: 9100 }", HttpConfig::read))
                .isEqualTo(new HttpConfig("0.0.0.0", 9100));
    }

    @Test
    void everyBoundRefuses() {
        assertThat(Yaml.problems("port: 65536", HttpConfig::read)).hasSize(1);
        assertThat(Yaml.problems("port: -1", HttpConfig::read)).hasSize(1);
        assertThat(Yaml.problems("host: a", HttpConfig::read)).hasSize(1);
    }
}
