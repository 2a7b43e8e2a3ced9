package dev.skein.orchestrator.runtime;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.AgentEvent;
import dev.skein.protocol.event.AgentStarted;
import dev.skein.protocol.event.AnnouncedDatabase;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.ServerAnnounced;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.EventLog;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.LogWriter;
import dev.skein.protocol.log.Topic;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Announces one server and carries orders out at once, on paper; or holds them until told. */
final class ScriptedAgent {
    private static final Duration HEARTBEAT = Duration.ofHours(1);
    private static final Progress NONE = new Progress(0, 1);
    private static final Progress ALL = new Progress(1, 1);

    private final AgentId id;
    private final LogWriter writer;
    private final InstantSource clock;
    private final List<DatabaseId> databases;
    private final Map<DatabaseId, Long> sequences = new HashMap<>();
    private final Set<DatabaseId> failing = new TreeSet<>();
    private final List<OrderIssued> orders = new ArrayList<>();
    private final List<OrderIssued> held = new ArrayList<>();
    private boolean holding;

    ScriptedAgent(EventLog log, InstantSource clock, String server, List<DatabaseId> databases) {
        this.id = new AgentId("agent-of-" + server);
        this.writer = log.writer();
        this.clock = clock;
        this.databases = databases;
        announce(server);
        log.follow(log.topicPartitions(Topic.ORDERS), this::take);
    }

    private void announce(String server) {
        Instant now = clock.instant();
        List<AnnouncedDatabase> announced =
                databases.stream()
                        .map(each -> new AnnouncedDatabase(each, new TreeMap<>()))
                        .toList();
        List<AgentEvent> events =
                List.of(
                        new AgentStarted(id, "run-1", List.of(server), HEARTBEAT, now),
                        new ServerAnnounced(
                                id, "run-1", server, 4, announced, Optional.empty(), now));
        writer.append(
                events.stream()
                        .map(event -> Envelope.uncounted("agent:" + id, event))
                        .map(envelope -> new Entry(Topic.AGENTS, envelope))
                        .toList());
    }

    /** From now on orders are taken but nothing is reported. */
    synchronized void hold() {
        holding = true;
    }

    /** What was held is carried out. */
    synchronized void release() {
        holding = false;
        held.forEach(this::carryOut);
        held.clear();
    }

    /** This database's next applies fail. */
    synchronized void failing(DatabaseId database) {
        failing.add(database);
    }

    /** This database's next applies succeed again. */
    synchronized void mended(DatabaseId database) {
        failing.remove(database);
    }

    /** All orders that were read, in that order. */
    synchronized List<OrderIssued> orders() {
        return Collections.unmodifiableList(new ArrayList<>(orders));
    }

    private synchronized Future<Void> take(List<LogRecord> batch) {
        batch.stream().flatMap(this::order).forEach(this::take);
        return Future.succeededFuture();
    }

    private Stream<OrderIssued> order(LogRecord record) {
        return record.envelope().event() instanceof OrderIssued order && order.agent().equals(id)
                ? Stream.of(order)
                : Stream.empty();
    }

    private void take(OrderIssued order) {
        orders.add(order);
        if (holding) {
            held.add(order);
        } else {
            carryOut(order);
        }
    }

    private void carryOut(OrderIssued order) {
        writer.append(List.of(report(order, accepted(order)), report(order, ended(order))));
    }

    private StepEvent accepted(OrderIssued order) {
        return new OrderAccepted(
                order.database(),
                order.rollout(),
                order.epoch(),
                order.kind(),
                id,
                NONE,
                Optional.empty(),
                clock.instant());
    }

    private StepEvent ended(OrderIssued order) {
        Instant now = clock.instant();
        if (order.kind() == OrderKind.ROLLBACK) {
            return new DatabaseRolledBack(
                    order.database(), order.rollout(), order.epoch(), Optional.empty(), ALL, now);
        }
        if (failing.contains(order.database())) {
            StepFailure failure =
                    new StepFailure("sql-error", Optional.empty(), "as told", false, List.of());
            return new DatabaseFailed(
                    order.database(),
                    order.rollout(),
                    order.epoch(),
                    order.kind(),
                    Optional.empty(),
                    failure,
                    NONE,
                    now);
        }
        return new DatabaseApplied(order.database(), order.rollout(), order.epoch(), "1", ALL, now);
    }

    private Entry report(OrderIssued order, StepEvent event) {
        long known = Math.max(order.lastSequence(), sequences.getOrDefault(order.database(), 0L));
        sequences.put(order.database(), known + 1);
        return new Entry(
                Topic.PROGRESS, Envelope.counted("database:" + order.database(), known + 1, event));
    }
}
