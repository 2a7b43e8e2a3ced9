package dev.skein.protocol.log;

import io.vertx.core.Future;
import java.util.List;

/** Takes what a feed reads, one batch at a time, on the context that opened the feed. */
@FunctionalInterface
public interface RecordSink {
    /**
     * Takes one batch; records of one partition come in order.
     *
     * @return completes when the sink can take more. If it fails the feed stops for good and
     *     reports it by {@link LogFeed#stopped()}
     */
    Future<Void> accept(List<LogRecord> batch);

    /**
     * Takes a record that cannot be decoded, in its place among the others of its partition.
     *
     * @return as {@link #accept}; fails, unless a sink knows better, with {@link LogCorrupt}
     */
    default Future<Void> unreadable(UnreadableRecord record) {
        return Future.failedFuture(new LogCorrupt(record.problem(), null));
    }
}
