package dev.skein.protocol.log;

import dev.skein.protocol.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * The poll thread of one feed: the only one that uses its consumer, except for {@link #wake}.
 *
 * <p>It reads and decodes into the buffer. While the buffer is full its partitions are paused and
 * it polls on, so that connections and metadata stay fresh.
 */
final class FeedLoop implements Runnable {
    private static final Duration POLL_MAX = Duration.ofSeconds(1);
    private static final Duration POLL_WITH_GOALS_MAX = Duration.ofMillis(50);
    private static final Backoff BACKOFF = Backoff.constant(Duration.ofMillis(200));

    private final KafkaParts parts;
    private final FeedBuffer buffer;
    private final PollObserver listener;
    private final Thread thread;
    private final Queue<FeedGoal> newGoals = new ConcurrentLinkedQueue<>();
    private final List<FeedGoal> goals = new ArrayList<>();

    /** The topic of plans has one partition, so that this is read in one order. */
    private final PartAssembler planParts = new PartAssembler();

    private Map<TopicPartition, Long> assigned = new TreeMap<>();
    private volatile Consumer<String, byte[]> consumer;
    private volatile boolean paused;
    private volatile boolean closing;

    /** Told on the poll thread. */
    interface PollObserver {
        /** The buffer holds something new. */
        void ready();

        /** Reading is over for good, and why; what was read before is in the buffer. */
        void failed(RuntimeException failure);

        /** The thread has ended. */
        void ended();
    }

    FeedLoop(KafkaParts parts, FeedBuffer buffer, PollObserver listener) {
        this.parts = parts;
        this.buffer = buffer;
        this.listener = listener;
        this.thread = LogThreads.daemon("skein-log-feed", this);
    }

    /** Begins to read; once. */
    void start() {
        thread.start();
    }

    /**
     * Tells the goal's reply once its partitions have been read to their present ends. Any thread.
     */
    void pursue(FeedGoal goal) {
        newGoals.add(goal);
        wake();
    }

    /** Goes on reading if the buffer has room again. Any thread. */
    void resumeIfRoomy() {
        if (paused && buffer.roomy()) {
            wake();
        }
    }

    /** Ends the thread. Any thread. */
    void end() {
        closing = true;
        wake();
    }

    private void wake() {
        Consumer<String, byte[]> polling = consumer;
        if (polling != null) {
            polling.wakeup();
        }
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        try {
            consumer = parts.clients().feedConsumer();
            while (!closing) {
                stepOrBackOff();
            }
        } catch (KafkaException e) {
            listener.failed(KafkaFailures.translate("following " + assigned.keySet(), e));
        } catch (RuntimeException e) {
            listener.failed(e);
        } finally {
            pause(false);
            closeConsumer();
            listener.ended();
        }
    }

    private void stepOrBackOff() {
        try {
            step();
        } catch (WakeupException e) {
            // Something changed: the next step looks at what.
        } catch (KafkaException e) {
            if (KafkaFailures.kind(e) != KafkaFailures.FailureClass.PASSING) {
                throw e;
            }
            LockSupport.parkNanos(BACKOFF.after(1).toNanos());
        }
    }

    private void step() {
        // Goals first: what they are about is then among the partitions wanted.
        for (FeedGoal goal = newGoals.poll(); goal != null; goal = newGoals.poll()) {
            goals.add(goal);
        }
        assign(buffer.wanted());
        if (assigned.isEmpty()) {
            completeReachedGoals();
            LockSupport.parkNanos(POLL_MAX.toNanos());
            return;
        }
        findEnds();
        pauseOrResume();
        // A poll that finds nothing new waits it out, even where the goal is reached meanwhile.
        buffer(consumer.poll(goals.isEmpty() ? POLL_MAX : POLL_WITH_GOALS_MAX));
        completeReachedGoals();
    }

    private void assign(Map<TopicPartition, Long> wanted) {
        if (wanted.equals(assigned)) {
            return;
        }
        List<org.apache.kafka.common.TopicPartition> begun =
                wanted.entrySet().stream()
                        .filter(each -> !each.getValue().equals(assigned.get(each.getKey())))
                        .map(each -> parts.names().partition(each.getKey()))
                        .toList();
        consumer.assign(parts.names().partitions(wanted.keySet()));
        if (!begun.isEmpty()) {
            consumer.seekToBeginning(begun);
        }
        assigned = wanted;
        if (paused) {
            consumer.pause(consumer.assignment());
        }
    }

    /** Reads the ends for goals that do not know theirs. Transactions still open do not count. */
    private void findEnds() {
        for (FeedGoal goal : goals) {
            if (goal.ends().isEmpty()) {
                Map<TopicPartition, Long> ends = new TreeMap<>();
                consumer.endOffsets(parts.names().partitions(goal.topicPartitions()))
                        .forEach(
                                (partition, end) ->
                                        ends.put(parts.names().topicPartition(partition), end));
                goal.endsAt(ends);
            }
        }
    }

    private void pauseOrResume() {
        if (!paused && buffer.full()) {
            consumer.pause(consumer.assignment());
            pause(true);
        }
        // No else: room that appeared meanwhile has woken no thread.
        if (paused && buffer.roomy()) {
            consumer.resume(consumer.paused());
            pause(false);
        }
    }

    private void pause(boolean now) {
        if (now && !paused) {
            parts.metrics().feedPaused();
        } else if (!now && paused) {
            parts.metrics().feedResumed();
        }
        paused = now;
    }

    private void buffer(ConsumerRecords<String, byte[]> polled) {
        for (org.apache.kafka.common.TopicPartition partition : polled.partitions()) {
            TopicPartition topicPartition = parts.names().topicPartition(partition);
            List<ConsumerRecord<String, byte[]>> records = polled.records(partition);
            parts.metrics().read(topicPartition.topic(), records.size());
            buffer(topicPartition, records);
        }
        if (!polled.isEmpty()) {
            listener.ready();
        }
    }

    private void buffer(
            TopicPartition topicPartition, List<ConsumerRecord<String, byte[]>> records) {
        long life = assigned.get(topicPartition);
        List<FeedBuffer.Read> read = new ArrayList<>(records.size());
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                whole(topicPartition, record).ifPresent(each -> decode(each, read));
            } catch (LogCorrupt e) {
                buffer.add(topicPartition, life, List.copyOf(read));
                read.clear();
                buffer.add(topicPartition, life, parts.codec().unreadable(record, e));
                parts.metrics().unreadable();
            }
        }
        buffer.add(topicPartition, life, read);
    }

    private Optional<ConsumerRecord<String, byte[]>> whole(
            TopicPartition topicPartition, ConsumerRecord<String, byte[]> record) {
        return topicPartition.topic() == Topic.PLANS ? planParts.add(record) : Optional.of(record);
    }

    private void decode(ConsumerRecord<String, byte[]> record, List<FeedBuffer.Read> read) {
        parts.codec()
                .decode(record)
                .ifPresentOrElse(
                        known -> read.add(new FeedBuffer.Read(known, record.serializedValueSize())),
                        parts.metrics()::ignored);
    }

    /** Positions and not records tell how far it is: the marks of transactions have offsets too. */
    private void completeReachedGoals() {
        for (Iterator<FeedGoal> each = goals.iterator(); each.hasNext(); ) {
            FeedGoal goal = each.next();
            if (goal.ends().filter(this::reached).isPresent()) {
                each.remove();
                buffer.mark(() -> goal.reply().succeed(null));
                listener.ready();
            }
        }
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            org.apache.kafka.common.TopicPartition partition =
                    parts.names().partition(end.getKey());
            if (assigned.containsKey(end.getKey())
                    && consumer.position(partition) < end.getValue()) {
                return false;
            }
        }
        return true;
    }

    private void closeConsumer() {
        Consumer<String, byte[]> closed = consumer;
        if (closed != null) {
            try {
                closed.close(CloseOptions.timeout(Duration.ZERO));
            } catch (KafkaException e) {
                // It only read: nothing is lost with it.
            }
        }
    }
}
