package dev.skein.protocol.log;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The records that several {@link InMemoryEventLog}s share, as processes share a broker.
 *
 * <p>Threads: any. Deterministic: the same calls give the same positions and times. As in Kafka an
 * atomic append leaves an offset without a record behind it in every partition that it wrote to.
 *
 * <p>Knobs for tests: the next append can fail, lose its answer, or be written twice; delivery can
 * be held.
 */
public final class InMemoryBroker {
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private final TopicLayout layout;
    private final InstantSource clock;
    private final Map<TopicPartition, List<Optional<LogRecord>>> topicPartitions = new TreeMap<>();
    private final Map<Position, UnreadableRecord> unreadable = new HashMap<>();
    private final List<LogRecord> history = new ArrayList<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private final Map<String, Long> writerEpochs = new HashMap<>();
    private final Map<String, Deque<InMemoryLeaderElection>> elections = new HashMap<>();
    private final Deque<RuntimeException> refusals = new ArrayDeque<>();
    private final Deque<RuntimeException> lostAnswers = new ArrayDeque<>();
    private int duplicates;
    private boolean held;

    /** Orders and progress have this many partitions; records are stamped by the clock. */
    public InMemoryBroker(int partitions, InstantSource clock) {
        this.layout = TopicLayout.of(partitions);
        this.clock = clock;
        for (Topic topic : Topic.values()) {
            layout.topicPartitions(topic)
                    .forEach(
                            topicPartition ->
                                    topicPartitions.put(topicPartition, new ArrayList<>()));
        }
    }

    /** Stamps each record one millisecond after the one before it. */
    public static InMemoryBroker counting(int partitions) {
        long[] millis = {0};
        return new InMemoryBroker(partitions, () -> EPOCH.plus(Duration.ofMillis(millis[0]++)));
    }

    /** The next append writes nothing and fails like this; may be called several times. */
    public synchronized void refuseNextAppend(RuntimeException failure) {
        refusals.add(failure);
    }

    /** The next append writes everything and fails like this all the same. */
    public synchronized void loseNextAnswer(RuntimeException failure) {
        lostAnswers.add(failure);
    }

    /** The next append writes its entries twice, one whole pass after the other. */
    public synchronized void duplicateNextAppend() {
        duplicates++;
    }

    /** From now on feeds get nothing; appends go on. */
    public synchronized void holdDelivery() {
        held = true;
    }

    /** Feeds get what they missed. */
    public void releaseDelivery() {
        synchronized (this) {
            held = false;
        }
        notifyListeners();
    }

    /** A record that is no event, under this key; its position. */
    public Position appendUnreadable(Topic topic, String key, String problem) {
        Position position;
        synchronized (this) {
            TopicPartition topicPartition = layout.partitionOf(topic, key);
            List<Optional<LogRecord>> records = topicPartitions.get(topicPartition);
            position = new Position(topicPartition, records.size());
            records.add(Optional.empty());
            unreadable.put(
                    position,
                    new UnreadableRecord(position, Optional.of(key), clock.instant(), problem));
        }
        notifyListeners();
        return position;
    }

    synchronized Optional<UnreadableRecord> unreadableAt(Position position) {
        return Optional.ofNullable(unreadable.get(position));
    }

    /** All records of the topic, in the order in which they were appended. */
    public synchronized List<LogRecord> records(Topic topic) {
        return history.stream()
                .filter(record -> record.position().topicPartition().topic() == topic)
                .toList();
    }

    TopicLayout layout() {
        return layout;
    }

    synchronized boolean held() {
        return held;
    }

    /** Where the next record of the partition will be. */
    synchronized long end(TopicPartition topicPartition) {
        return topicPartitions.get(topicPartition).size();
    }

    /** The record there; empty for an offset without one. */
    synchronized Optional<LogRecord> at(Position position) {
        List<Optional<LogRecord>> records =
                topicPartitions.getOrDefault(position.topicPartition(), Collections.emptyList());
        boolean inside = position.offset() >= 0 && position.offset() < records.size();
        return inside ? records.get((int) position.offset()) : Optional.empty();
    }

    List<Position> append(List<Entry> entries) {
        List<Position> positions = write(entries, false);
        notifyListeners();
        return answer(positions);
    }

    /** Appends as the writer that took this epoch of the name. */
    List<Position> appendAtomically(String writer, long epoch, List<Entry> entries) {
        List<Position> positions = writeFenced(writer, epoch, entries);
        notifyListeners();
        return answer(positions);
    }

    private synchronized List<Position> writeFenced(
            String writer, long epoch, List<Entry> entries) {
        if (writerEpochs.get(writer) != epoch) {
            throw new LogFenced(
                    "append of %d entries by %s: a newer writer took over"
                            .formatted(entries.size(), writer),
                    null);
        }
        return write(entries, true);
    }

    private synchronized List<Position> write(List<Entry> entries, boolean atomic) {
        if (!refusals.isEmpty()) {
            throw refusals.remove();
        }
        List<Position> positions = writeOnce(entries);
        if (duplicates > 0) {
            duplicates--;
            writeOnce(entries);
        }
        if (atomic) {
            positions.stream()
                    .map(Position::topicPartition)
                    .distinct()
                    .forEach(
                            topicPartition ->
                                    topicPartitions.get(topicPartition).add(Optional.empty()));
        }
        return positions;
    }

    private List<Position> writeOnce(List<Entry> entries) {
        List<Position> positions = new ArrayList<>();
        for (Entry entry : entries) {
            String key = entry.envelope().event().key();
            TopicPartition topicPartition = layout.partitionOf(entry.topic(), key);
            List<Optional<LogRecord>> records = topicPartitions.get(topicPartition);
            Position position = new Position(topicPartition, records.size());
            LogRecord record = new LogRecord(position, key, clock.instant(), entry.envelope());
            records.add(Optional.of(record));
            history.add(record);
            positions.add(position);
        }
        return positions;
    }

    private synchronized List<Position> answer(List<Position> positions) {
        if (!lostAnswers.isEmpty()) {
            throw lostAnswers.remove();
        }
        return positions;
    }

    /** Fences every older writer of the name. */
    synchronized long newWriterEpoch(String writer) {
        return writerEpochs.merge(writer, 1L, Long::sum);
    }

    synchronized void listen(Runnable listener) {
        listeners.add(listener);
    }

    synchronized void unlisten(Runnable listener) {
        listeners.remove(listener);
    }

    private void notifyListeners() {
        List<Runnable> told;
        synchronized (this) {
            told = List.copyOf(listeners);
        }
        told.forEach(Runnable::run);
    }

    synchronized void enter(String election, InMemoryLeaderElection leaderElection) {
        Deque<InMemoryLeaderElection> candidates =
                elections.computeIfAbsent(election, name -> new ArrayDeque<>());
        candidates.add(leaderElection);
        if (candidates.peek() == leaderElection) {
            leaderElection.tellElected();
        }
    }

    synchronized void leave(String election, InMemoryLeaderElection leaderElection) {
        Deque<InMemoryLeaderElection> candidates = elections.get(election);
        boolean led = candidates.peek() == leaderElection;
        candidates.remove(leaderElection);
        if (led && !candidates.isEmpty()) {
            candidates.peek().tellElected();
        }
    }

    /** How many stand for election, the one who leads counted in. */
    public synchronized int candidates(String election) {
        Deque<InMemoryLeaderElection> candidates = elections.get(election);
        return candidates == null ? 0 : candidates.size();
    }

    /** The leader of the election is deposed and goes to the end of the line. */
    public synchronized void depose(String election) {
        Deque<InMemoryLeaderElection> candidates = elections.get(election);
        InMemoryLeaderElection leader = candidates.remove();
        leader.tellDeposed();
        candidates.add(leader);
        candidates.peek().tellElected();
    }
}
