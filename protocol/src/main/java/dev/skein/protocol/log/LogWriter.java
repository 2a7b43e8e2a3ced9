package dev.skein.protocol.log;

import io.vertx.core.Future;
import java.util.List;

/** Appends to the log. Called on any context; the future completes on the caller's context. */
public interface LogWriter {
    /**
     * Appends the entries in order.
     *
     * <p>A writer of {@link EventLog#writer()} may have appended some of them when it fails; the
     * caller sends the same envelopes again, and the fold drops duplicates. An exclusive writer
     * appends all or none; readers see it a moment after the future has completed, and a newer
     * writer of its name begins only when they can.
     *
     * <p>Where the brokers do not acknowledge an append, those that the same context called after
     * it, before it was told, fail too: no later entry is written without the earlier ones. The
     * caller starts again with the first that failed.
     *
     * @return where each entry is, in order. Fails with {@link LogFenced} if a newer exclusive
     *     writer took over, with {@link LogUnavailable} if the broker did not acknowledge in time,
     *     with {@link LogRefused} if it never will, such as an entry of 16 MiB or more
     */
    Future<List<Position>> append(List<Entry> entries);

    /** Sends what is under way and closes; never fails. */
    Future<Void> close();
}
