package dev.skein.orchestrator.runtime;

import dev.skein.protocol.id.RolloutId;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One timer for each rollout that waits for a moment; confined to the owner's context. */
final class Timers {
    /** A moment further away is approached in steps; Vert.x cannot wait for years. */
    private static final Duration STEP_MAX = Duration.ofHours(1);

    private final Vertx vertx;
    private final Supplier<Instant> clock;
    private final Consumer<RolloutId> rings;
    private final Map<RolloutId, PendingTimer> set = new HashMap<>();

    private record PendingTimer(Instant at, long timer) {}

    Timers(Vertx vertx, Supplier<Instant> clock, Consumer<RolloutId> rings) {
        this.vertx = vertx;
        this.clock = clock;
        this.rings = rings;
    }

    /** Rings once at this moment, in place of any other the rollout had. */
    void set(RolloutId rollout, Instant at) {
        PendingTimer old = set.get(rollout);
        if (old != null && old.at().equals(at)) {
            return;
        }
        clear(rollout);
        set.put(rollout, new PendingTimer(at, vertx.setTimer(wait(at), fired -> ring(rollout))));
    }

    private long wait(Instant at) {
        Duration wait = Duration.between(clock.get(), at);
        if (wait.compareTo(STEP_MAX) > 0) {
            return STEP_MAX.toMillis();
        }
        // Timers count whole milliseconds: one more, so as not to ring before the moment.
        return Math.max(0, wait.toMillis()) + 1;
    }

    private void ring(RolloutId rollout) {
        set.remove(rollout);
        rings.accept(rollout);
    }

    void clear(RolloutId rollout) {
        PendingTimer old = set.remove(rollout);
        if (old != null) {
            vertx.cancelTimer(old.timer());
        }
    }

    void clearAll() {
        set.values().forEach(each -> vertx.cancelTimer(each.timer()));
        set.clear();
    }
}
