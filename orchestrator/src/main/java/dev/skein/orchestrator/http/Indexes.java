package dev.skein.orchestrator.http;

import dev.skein.orchestrator.fleet.FleetView;
import dev.skein.orchestrator.runtime.FleetService;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps the index of the newest view, so that it is made once for any number of requests. Blocks
 * while it is made: for worker threads only.
 */
final class Indexes {
    /** What depends on the time alone, such as an agent's silence, shows this late at most. */
    private static final Duration AGE_MAX = Duration.ofSeconds(1);

    private final FleetService fleet;
    private FleetIndex newest;

    Indexes(FleetService fleet) {
        this.fleet = fleet;
    }

    synchronized FleetIndex newest() {
        FleetView view = fleet.view();
        Instant now = fleet.now();
        if (newest == null || newest.view() != view || isOld(newest, now)) {
            newest = FleetIndex.of(view, now);
        }
        return newest;
    }

    private static boolean isOld(FleetIndex index, Instant now) {
        return Duration.between(index.now(), now).compareTo(AGE_MAX) > 0;
    }
}
