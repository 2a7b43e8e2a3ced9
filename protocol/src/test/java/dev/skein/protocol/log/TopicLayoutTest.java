package dev.skein.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TopicLayoutTest {
    private final TopicLayout layout = TopicLayout.of(8);

    @Test
    void partitionsOfATopicAreNumberedFromZero() {
        assertThat(layout.topicPartitions(Topic.ORDERS)).hasSize(8);
        assertThat(layout.topicPartitions(Topic.ROLLOUTS))
                .containsExactly(new TopicPartition(Topic.ROLLOUTS, 0));
    }

    @Test
    void keyStaysWhereItIs() {
        assertThat(layout.partitionOf(Topic.ORDERS, "pg-1/acme")).hasToString("orders-3");
        assertThat(layout.partitionOf(Topic.PROGRESS, "pg-1/acme")).hasToString("progress-3");
        assertThat(layout.partitionOf(Topic.ROLLOUTS, "r-1")).hasToString("rollouts-0");
    }

    @Test
    void countsThatDoNotFitAreRefusedWithBothNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicLayout(with(Topic.ORDERS, 16)))
                .withMessageContaining("orders has 16")
                .withMessageContaining("progress has 8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicLayout(with(Topic.ROLLOUTS, 3)))
                .withMessageContaining("rollouts has 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicLayout(with(Topic.PLANS, 0)))
                .withMessageContaining("plans");
    }

    private Map<Topic, Integer> with(Topic topic, int count) {
        Map<Topic, Integer> counts = new EnumMap<>(layout.partitions());
        counts.put(topic, count);
        return counts;
    }
}
