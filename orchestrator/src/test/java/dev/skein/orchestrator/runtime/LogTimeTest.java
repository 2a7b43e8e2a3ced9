package dev.skein.orchestrator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.AgentHeartbeat;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.TopicPartition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogTimeTest {
    private static final Instant BROKERS = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private long monotonic = 5_000;
    private Instant brokers = BROKERS;
    private Instant machine = BROKERS;
    private final LogTime time = new LogTime(() -> monotonic, () -> machine);

    private void passes(Duration duration) {
        monotonic += duration.toMillis();
        brokers = brokers.plus(duration);
        machine = machine.plus(duration);
    }

    private void reads(Topic topic, Instant appendedAt, boolean live) {
        AgentId agent = new AgentId("eu-1");
        AgentHeartbeat event = new AgentHeartbeat(agent, "run-1", 0, 0, appendedAt);
        Position position = new Position(new TopicPartition(topic, 0), 1);
        Envelope envelope = Envelope.uncounted("agent:eu-1", event);
        time.heard(List.of(new LogRecord(position, "eu-1", appendedAt, envelope)), live);
    }

    private void hearsAgent() {
        reads(Topic.AGENTS, brokers, true);
    }

    @Test
    void machinesClockMattersToNothingOnceARecordCameLive() {
        // given
        machine = BROKERS.plus(DAY);
        hearsAgent();
        // when
        passes(MINUTE);
        machine = BROKERS.minus(DAY);
        // then
        assertThat(time.now()).isEqualTo(BROKERS.plus(MINUTE));
        assertThat(time.difference()).contains(DAY.plus(MINUTE).negated());
    }

    @Test
    void whatWasThereAtTheStartIsNotJustHeard() {
        // given
        reads(Topic.AGENTS, BROKERS.minus(MINUTE), false);
        // then
        assertThat(time.now()).isEqualTo(machine);
        assertThat(time.difference()).isEmpty();
        // when
        machine = BROKERS.minus(DAY);
        // then
        assertThat(time.now()).isEqualTo(BROKERS.minus(MINUTE));
        // when
        reads(Topic.ROLLOUTS, brokers, true);
        // then
        assertThat(time.now()).isEqualTo(BROKERS);
    }

    @Test
    void slowReadMakesNobodySilent() {
        // given
        hearsAgent();
        Instant written = brokers;
        // when
        passes(Duration.ofSeconds(20));
        reads(Topic.AGENTS, written, true);
        // then
        assertThat(time.now()).isEqualTo(brokers);
    }

    @Test
    void brokersClockThatIsSetRightIsFollowed() {
        // given
        brokers = BROKERS.plus(DAY);
        hearsAgent();
        assertThat(time.difference()).contains(DAY.negated());
        // when
        brokers = BROKERS;
        for (int beat = 0; beat < 10; beat++) {
            passes(Duration.ofSeconds(10));
            hearsAgent();
        }
        // then
        assertThat(time.now()).isEqualTo(brokers);
        assertThat(time.difference()).isEmpty();
    }

    @Test
    void onlyTheAgentsPartitionCountsWhereItIsHeard() {
        // given
        reads(Topic.ORDERS, BROKERS.plus(MINUTE), true);
        assertThat(time.now()).isEqualTo(BROKERS.plus(MINUTE));
        // when
        hearsAgent();
        reads(Topic.ORDERS, BROKERS.plus(MINUTE), true);
        // then
        assertThat(time.now()).isEqualTo(BROKERS);
    }

    @Test
    void fewSecondsAreNotWorthAWord() {
        hearsAgent();
        machine = brokers.plus(LogTime.DIFFERENCE_MAX);
        assertThat(time.difference()).isEmpty();
        machine = machine.plusMillis(1);
        assertThat(time.difference()).isPresent();
    }
}
