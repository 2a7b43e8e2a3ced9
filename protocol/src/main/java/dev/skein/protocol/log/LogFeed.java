package dev.skein.protocol.log;

import io.vertx.core.Future;
import java.util.Set;

/** A reader that follows some slices of the log, from their first record on. */
public interface LogFeed {
    /**
     * Completes once everything that was in the feed's slices when it was opened has been taken by
     * the sink; fails if the feed stopped before.
     */
    Future<Void> caughtUp();

    /**
     * Changes what is followed. Slices that are new are read from their first record; those left
     * out deliver nothing more; the rest goes on where it was.
     *
     * @return completes once everything that was in the new slices at this call has been taken by
     *     the sink
     */
    Future<Void> follow(Set<Slice> slices);

    /** Fails when the feed stopped because its sink failed; succeeds when it was closed. */
    Future<Void> stopped();

    /** Stops reading; nothing reaches the sink after the future completed. Never fails. */
    Future<Void> close();
}
