package dev.skein.orchestrator.runtime;

import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.Position;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What decisions need of the world around them.
 *
 * @param append writes all or none, as the leader
 * @param folded completes once these records have been folded
 * @param publish makes a view of everything folded so far
 * @param quiet a rollout was looked at and nothing is due now
 * @param defect a decision could not be made because of a defect of ours
 */
record DecisionPorts(
        Supplier<Instant> clock,
        Function<List<Entry>, Future<List<Position>>> append,
        Function<List<Position>, Future<Void>> folded,
        Runnable publish,
        Consumer<RolloutId> quiet,
        Consumer<Throwable> defect) {}
