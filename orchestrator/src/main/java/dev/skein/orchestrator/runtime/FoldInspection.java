package dev.skein.orchestrator.runtime;

import dev.skein.orchestrator.fleet.Fleet;
import dev.skein.orchestrator.fleet.FleetView;
import dev.skein.orchestrator.fleet.FoldOutcome;
import dev.skein.protocol.event.RecordSkipped;
import dev.skein.protocol.log.EventLog;
import dev.skein.protocol.log.LogCorrupt;
import dev.skein.protocol.log.LogFeed;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.RecordSink;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.TopicPartition;
import dev.skein.protocol.log.UnreadableRecord;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A fold of the whole log for a person to look at: where it stops, what it passes over, what it
 * sets aside. It decides nothing, and writes nothing.
 */
public final class FoldInspection {
    private final EventLog log;
    private final Fleet fleet = new Fleet();
    private final List<RecordSkipped> skipped = new ArrayList<>();
    private final List<AsideRecord> aside = new ArrayList<>();
    private Optional<Stop> stop = Optional.empty();
    private long records;

    private FoldInspection(EventLog log) {
        this.log = log;
    }

    /** The record at which every reader stops, and why. */
    public record Stop(Position position, Optional<String> key, String problem) {}

    /** What an agent wrote, and why it could not be taken. */
    public record AsideRecord(Position position, Optional<String> key, String problem) {}

    /**
     * Folds the log to its end, or to where the fold stops.
     *
     * @return fails with {@code LogUnavailable} if the log does not answer
     */
    public static Future<FoldInspection> of(EventLog log) {
        FoldInspection inspection = new FoldInspection(log);
        Set<TopicPartition> everything = new TreeSet<>();
        for (Topic topic : Topic.values()) {
            everything.addAll(log.topicPartitions(topic));
        }
        LogFeed feed = log.follow(everything, inspection.new Sink());
        return feed.caughtUp()
                .recover(
                        failure ->
                                inspection.stop.isPresent()
                                        ? Future.succeededFuture()
                                        : Future.failedFuture(failure))
                .eventually(feed::close)
                .map(done -> inspection);
    }

    /** Where it stopped. */
    public Optional<Stop> stop() {
        return stop;
    }

    /** Decisions that were honoured, in the order of their records. */
    public List<RecordSkipped> skipped() {
        return List.copyOf(skipped);
    }

    /** What was set aside, in the order in which it was read. */
    public List<AsideRecord> aside() {
        return List.copyOf(aside);
    }

    /** Records folded. */
    public long records() {
        return records;
    }

    /** The state that was reached. */
    public FleetView view() {
        return fleet.view();
    }

    private final class Sink implements RecordSink {
        @Override
        public Future<Void> accept(List<LogRecord> batch) {
            for (int index = 0; index < batch.size(); index++) {
                LogRecord record = batch.get(index);
                records++;
                try {
                    if (RecordFold.apply(fleet, record) == FoldOutcome.SET_ASIDE) {
                        setAside(
                                record.position(),
                                Optional.of(record.key()),
                                "it does not follow what was read before it");
                    }
                } catch (RuntimeException e) {
                    List<LogRecord> rest = batch.subList(index + 1, batch.size());
                    return skipOrStop(record.position(), Optional.of(record.key()), e)
                            .compose(passed -> accept(rest));
                }
            }
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> unreadable(UnreadableRecord record) {
            records++;
            Topic topic = record.position().topicPartition().topic();
            if (topic.isWrittenByAgents()) {
                fleet.setAside(
                        record.position(), record.key(), record.problem(), record.appendedAt());
                setAside(record.position(), record.key(), record.problem());
                return Future.succeededFuture();
            }
            if (topic == Topic.SKIPS) {
                fleet.skip(record.position(), record.key());
                return Future.succeededFuture();
            }
            return skipOrStop(
                    record.position(), record.key(), new LogCorrupt(record.problem(), null));
        }

        private void setAside(Position position, Optional<String> key, String problem) {
            aside.add(new AsideRecord(position, key, problem));
        }

        private Future<Void> skipOrStop(
                Position position, Optional<String> key, RuntimeException problem) {
            return log.skipOf(position)
                    .compose(
                            decision -> {
                                if (decision.isEmpty()) {
                                    stop = Optional.of(new Stop(position, key, text(problem)));
                                    return Future.failedFuture(problem);
                                }
                                skipped.add(decision.get());
                                fleet.skip(position, key);
                                return Future.<Void>succeededFuture();
                            });
        }

        private static String text(RuntimeException problem) {
            return problem.getMessage() == null ? problem.toString() : problem.getMessage();
        }
    }
}
