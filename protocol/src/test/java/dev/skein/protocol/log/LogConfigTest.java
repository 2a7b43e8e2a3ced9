package dev.skein.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LogConfigTest {
    private static final LogConfig CONFIG = LogConfig.of("kafka-1:9092");

    @Test
    void defaultsAreThoseOfTheDesign() {
        assertThat(CONFIG.topicPrefix()).isEqualTo("skein");
        assertThat(CONFIG.topics().partitions()).isEqualTo(32);
        assertThat(CONFIG.topics().replicationFactor()).isEmpty();
        assertThat(CONFIG.limits().deliveryTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(CONFIG.client()).isEmpty();
    }

    @Test
    void whatGuaranteesRestOnCannotBeConfigured() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CONFIG.withClient(Map.of("acks", "1", "ssl.protocol", "TLSv1.3")))
                .withMessageContaining("[acks]");
        assertThat(CONFIG.withClient(Map.of("security.protocol", "SSL")).client())
                .containsEntry("security.protocol", "SSL");
    }

    @Test
    void secretsStayOutOfItsText() {
        LogConfig secret = CONFIG.withClient(Map.of("sasl.jaas.config", "password=hush"));

        assertThat(secret.toString()).contains("sasl.jaas.config").doesNotContain("hush");
    }

    @Test
    void everyBoundRefuses() {
        assertThatIllegalArgumentException().isThrownBy(() -> LogConfig.of(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> CONFIG.withTopicPrefix("a/b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicSettings(0, Optional.empty()))
                .withMessageContaining("0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicSettings(10_001, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new TopicSettings(1, Optional.of(0)));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                LogLimits.DEFAULT.withTimeouts(
                                        Duration.ofMillis(999), Duration.ofSeconds(1)))
                .withMessageContaining("999 ms");
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogLimits(second, second, second, 0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogLimits(second, second, second, 1, 0));
    }
}
