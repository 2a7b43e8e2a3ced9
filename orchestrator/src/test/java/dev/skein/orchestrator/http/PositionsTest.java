package dev.skein.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.TopicPartition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionsTest {
    @ParameterizedTest
    @EnumSource
    void whatAPositionWritesIsReadAgain(Topic topic) {
        Position position = new Position(new TopicPartition(topic, 3), 17);
        assertThat(Positions.parse(position.toString())).isEqualTo(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "17", "progress@17", "progress-3", "progress-3@-1", "other-3@17"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Positions.parse(text))
                .withMessageContaining("'" + text + "'");
    }
}
