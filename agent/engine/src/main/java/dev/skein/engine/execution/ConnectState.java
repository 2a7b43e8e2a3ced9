package dev.skein.engine.execution;

import java.time.Instant;
import java.util.Optional;

/**
 * Attempts to reach the database.
 *
 * @param attempts that failed in a row
 * @param outSince since when it is out of reach; absent while it is not
 */
record ConnectState(int attempts, Optional<Instant> outSince) {
    /** The database is not known to be out of reach. */
    static final ConnectState REACHED = new ConnectState(0, Optional.empty());

    /**
     * Another attempt failed.
     *
     * @param excused whether the time until now does not count as out of reach
     */
    ConnectState failed(Instant now, boolean excused) {
        return new ConnectState(attempts + 1, Optional.of(excused ? now : outSince.orElse(now)));
    }
}
