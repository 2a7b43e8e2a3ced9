package dev.skein.protocol.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is between a feed's poll thread and its context: records read but not taken, and which
 * partitions are wanted. Threads: any.
 *
 * <p>A partition that is left out and then followed again begins at its first record; records read
 * for its first life must not reach its second one. So each life of a partition has a number, and
 * records come with theirs.
 */
final class FeedBuffer {
    private static final int BYTES_MAX = 32 * 1024 * 1024;

    private final int recordsMax;
    private final Deque<Item> items = new ArrayDeque<>();
    private Map<TopicPartition, Long> lives = new TreeMap<>();
    private long lastLife;
    private int records;
    private long bytes;

    FeedBuffer(int recordsMax) {
        this.recordsMax = recordsMax;
    }

    private sealed interface Item permits Read, Unreadable, Barrier {}

    /** A record and the life of its partition. */
    record Read(LogRecord record, int bytes) implements Item {
        TopicPartition topicPartition() {
            return record.position().topicPartition();
        }
    }

    /** What stands in a record's place where it cannot be decoded. */
    private record Unreadable(UnreadableRecord record) implements Item {}

    /** Runs on the context after everything before it has been taken. */
    private record Barrier(Runnable action) implements Item {}

    /** From now on these partitions are wanted, and only they are delivered. */
    synchronized void want(Set<TopicPartition> topicPartitions) {
        Map<TopicPartition, Long> wanted = new TreeMap<>();
        for (TopicPartition topicPartition : topicPartitions) {
            Long life = lives.get(topicPartition);
            wanted.put(topicPartition, life == null ? ++lastLife : life);
        }
        lives = Collections.unmodifiableMap(wanted);
        items.removeIf(item -> item instanceof Read read && drop(read));
        items.removeIf(
                item ->
                        item instanceof Unreadable bad
                                && !lives.containsKey(bad.record().position().topicPartition()));
    }

    private boolean drop(Read read) {
        boolean unwanted = !lives.containsKey(read.topicPartition());
        if (unwanted) {
            forget(read);
        }
        return unwanted;
    }

    /** The wanted partitions and the numbers of their lives. */
    synchronized Map<TopicPartition, Long> wanted() {
        return lives;
    }

    /** Adds records of one partition, unless that life of it has ended. */
    synchronized void add(TopicPartition topicPartition, long life, List<Read> read) {
        if (Long.valueOf(life).equals(lives.get(topicPartition))) {
            items.addAll(read);
            records += read.size();
            bytes += read.stream().mapToLong(Read::bytes).sum();
        }
    }

    /** Adds one that cannot be decoded, unless that life of its partition has ended. */
    synchronized void add(TopicPartition topicPartition, long life, UnreadableRecord record) {
        if (Long.valueOf(life).equals(lives.get(topicPartition))) {
            items.add(new Unreadable(record));
        }
    }

    /** The one that cannot be decoded, if it is next. */
    synchronized Optional<UnreadableRecord> takeUnreadable() {
        if (items.peek() instanceof Unreadable next) {
            items.remove();
            return Optional.of(next.record());
        }
        return Optional.empty();
    }

    /** The action runs once everything added before has been taken. */
    synchronized void mark(Runnable action) {
        items.add(new Barrier(action));
    }

    /** The actions that nothing stands before. */
    synchronized List<Runnable> dueMarks() {
        List<Runnable> due = new ArrayList<>();
        while (items.peek() instanceof Barrier mark) {
            items.remove();
            due.add(mark.action());
        }
        return due;
    }

    /** The next records, at most this many, up to the next mark or unreadable one. */
    synchronized List<LogRecord> take(int max) {
        List<LogRecord> batch = new ArrayList<>();
        while (batch.size() < max && items.peek() instanceof Read read) {
            items.remove();
            forget(read);
            batch.add(read.record());
        }
        return batch;
    }

    private void forget(Read read) {
        records--;
        bytes -= read.bytes();
    }

    /** Reading has to wait. */
    synchronized boolean full() {
        return records >= recordsMax || bytes >= BYTES_MAX;
    }

    /**
     * Reading may resume. Well below full, so that it does not pause and resume with each record.
     */
    synchronized boolean roomy() {
        return records <= recordsMax / 2 && bytes <= BYTES_MAX / 2;
    }
}
