package dev.skein.protocol.log;

import dev.skein.protocol.event.RecordSkipped;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Looks for a person's decision to pass over one record.
 *
 * <p>The decision stands in a topic of its own, because it can only be made after readers have
 * stopped at the record. It is looked for where a reader would stop and nowhere else. So it does
 * not matter when a reader learns of it: before it is made nobody gets past the record, and at a
 * record that can be taken it changes nothing.
 */
final class SkipDecisions implements RecordSink {
    private final String wanted;
    private Optional<RecordSkipped> found = Optional.empty();

    private SkipDecisions(Position position) {
        this.wanted = position.path();
    }

    /** Reads all decisions; fails if the log does not answer. */
    static Future<Optional<RecordSkipped>> of(EventLog log, Position position) {
        SkipDecisions decisions = new SkipDecisions(position);
        LogFeed feed = log.follow(log.topicPartitions(Topic.SKIPS), decisions);
        return feed.caughtUp().map(read -> decisions.found).eventually(feed::close);
    }

    @Override
    public Future<Void> accept(List<LogRecord> batch) {
        for (LogRecord record : batch) {
            if (record.envelope().event() instanceof RecordSkipped skipped
                    && skipped.key().equals(wanted)) {
                found = Optional.of(skipped);
            }
        }
        return Future.succeededFuture();
    }

    /** What cannot be read is no decision. */
    @Override
    public Future<Void> unreadable(UnreadableRecord record) {
        return Future.succeededFuture();
    }
}
