package dev.skein.orchestrator.runtime;

import dev.skein.protocol.id.LogId;
import dev.skein.protocol.log.EventLog;
import dev.skein.protocol.log.Position;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the leadership needs of the world around it.
 *
 * @param name this orchestrator's
 * @param url where its HTTP API answers
 * @param known the log's identity, as far as it has been folded
 * @param foldToEnd completes once everything that is in the log at this call has been folded
 * @param folded completes once these records have been folded
 * @param later runs an action on the owner's context after a short wait
 */
record LeaderPorts(
        EventLog log,
        String name,
        Supplier<String> url,
        Supplier<Instant> clock,
        Supplier<Optional<LogId>> known,
        Supplier<Future<Void>> foldToEnd,
        Function<List<Position>, Future<Void>> folded,
        Consumer<Runnable> later) {}
