package dev.skein.ops.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.fleet.Fleet;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Holds a log against the rules that its writers keep. */
final class LogAudit {
    private final List<LogRecord> records;

    LogAudit(List<LogRecord> records) {
        this.records = records;
    }

    /**
     * All of it.
     *
     * @param steps that must be done, over all databases
     */
    void run(int steps) {
        sequencesAreDense();
        stepsAreDoneOnce(steps);
    }

    /** Each source counts without a gap, and a number that comes again is the same event again. */
    void sequencesAreDense() {
        Map<String, List<UUID>> bySource = new HashMap<>();
        for (LogRecord record : records) {
            Envelope envelope = record.envelope();
            if (envelope.sequence() > 0
                    && record.position().topicPartition().topic() != Topic.PLANS) {
                sequence(
                        bySource.computeIfAbsent(envelope.source(), x -> new ArrayList<>()),
                        record);
            }
        }
    }

    private static void sequence(List<UUID> seen, LogRecord record) {
        Envelope envelope = record.envelope();
        long next = seen.size() + 1L;
        if (envelope.sequence() == next) {
            seen.add(envelope.id());
            return;
        }
        String what = "event " + envelope.sequence() + " of " + envelope.source();
        assertThat(envelope.sequence())
                .as("%s at %s follows event %d", what, record.position(), next - 1)
                .isLessThan(next);
        assertThat(envelope.id())
                .as("%s at %s comes again", what, record.position())
                .isEqualTo(seen.get((int) envelope.sequence() - 1));
    }

    /** No step of a database is reported done by two different events. */
    private void stepsAreDoneOnce(int expected) {
        Map<String, UUID> done = new HashMap<>();
        for (LogRecord record : records) {
            if (record.envelope().event() instanceof StepSucceeded step) {
                String what = step.database() + " " + step.step();
                UUID id = record.envelope().id();
                UUID first = done.putIfAbsent(what, id);
                assertThat(first == null ? id : first)
                        .as("%s at %s", what, record.position())
                        .isEqualTo(id);
            }
        }
        assertThat(done).hasSize(expected);
    }

    /** The fold of these records, as bytes. */
    byte[] fold() {
        Fleet fleet = new Fleet();
        records.forEach(each -> fleet.apply(each.envelope(), each.position(), each.appendedAt()));
        return Json.canonical(fleet.view().canonical());
    }

    /** Records that say what an earlier one had said. */
    int repeated() {
        long different =
                records.stream().map(LogRecord::envelope).map(Envelope::id).distinct().count();
        return (int) (records.size() - different);
    }
}
