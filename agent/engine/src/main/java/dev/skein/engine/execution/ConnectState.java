package dev.skein.engine.execution;

import java.time.Instant;
import java.util.Optional;

/**
 * Attempts to reach the database.
 *
 * @param attempts that failed in a row
 * @param outSince since when it is out of reach; absent while it is not
 * @param everReached whether the execution has held the database's lock
 * @param fences how often the ledger has refused an epoch that it then held
 */
record ConnectState(int attempts, Optional<Instant> outSince, boolean everReached, int fences) {
    /** Before the first attempt. */
    static final ConnectState INITIAL = new ConnectState(0, Optional.empty(), false, 0);

    /** The database has been reached. */
    ConnectState reached() {
        return new ConnectState(0, Optional.empty(), true, fences);
    }

    /** The ledger refused the order's epoch. */
    ConnectState fenced() {
        return new ConnectState(attempts, outSince, everReached, fences + 1);
    }

    /**
     * Another attempt failed.
     *
     * @param excused whether the time until now does not count as out of reach
     */
    ConnectState failed(Instant now, boolean excused) {
        return new ConnectState(
                attempts + 1,
                Optional.of(excused ? now : outSince.orElse(now)),
                everReached,
                fences);
    }
}
