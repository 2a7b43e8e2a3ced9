package dev.skein.orchestrator.runtime;

import dev.skein.protocol.log.Position;
import java.util.OptionalLong;

/**
 * The records folded last, for readers that follow along.
 *
 * <p>A reader pulls: it keeps an index and reads on from there whenever it is told that there is
 * more and it can take more. A reader that is too slow is told how many it missed; the tail does
 * not wait for it. Indices rise by 1 a record and mean something in this process only; positions
 * mean the same in every process. May be called from any thread.
 */
public interface EventTail {
    /** The index that the next record will get. */
    long end();

    /** The index behind the record at this position; empty if it is not held (any more). */
    OptionalLong after(Position position);

    /** At most {@code limit} records from this index on, 1 or more; none if there are none yet. */
    TailPage read(long from, int limit);

    /**
     * Tells of new records on the caller's context, once for as many as came before it ran.
     *
     * @throws IllegalStateException if not called on a Vert.x context
     */
    Subscription onAppended(Runnable listener);
}
