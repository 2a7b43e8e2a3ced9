package dev.skein.ops.sim;

import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Reads partitions from their beginning, each at its own pace, some records more than once. */
final class LogReader {
    private static final int BATCH_MAX = 20;
    private static final int REPEATED_MAX = 5;

    private final World world;
    private final Life life;
    private final Consumer<LogRecord> sink;
    private final Runnable afterBatch;
    private final SortedMap<TopicPartition, Integer> cursors = new TreeMap<>();
    private final SortedSet<TopicPartition> planned = new TreeSet<>();
    private final List<Goal> goals = new ArrayList<>();
    private long cutUntil;

    private record Goal(SortedMap<TopicPartition, Long> ends, Runnable reached) {}

    LogReader(World world, Life life, Consumer<LogRecord> sink, Runnable afterBatch) {
        this.world = world;
        this.life = life;
        this.sink = sink;
        this.afterBatch = afterBatch;
        world.log().attach(this);
    }

    boolean isOver() {
        return life.isOver();
    }

    void follow(Collection<TopicPartition> topicPartitions) {
        topicPartitions.forEach(topicPartition -> cursors.putIfAbsent(topicPartition, 0));
        topicPartitions.forEach(this::wake);
    }

    /** Runs once everything has been read that is in the log now. */
    void whenCaughtUp(Runnable reached) {
        SortedMap<TopicPartition, Long> ends = new TreeMap<>();
        cursors.keySet()
                .forEach(
                        topicPartition ->
                                ends.put(topicPartition, world.log().end(topicPartition)));
        goals.add(new Goal(ends, reached));
        world.agenda().in(world.latency(), life, this::checkGoals);
    }

    /** Nothing is delivered for so long. */
    void cut(long micros) {
        cutUntil = world.agenda().micros() + micros;
    }

    void wake(TopicPartition topicPartition) {
        Integer cursor = cursors.get(topicPartition);
        if (cursor == null
                || cursor >= world.log().end(topicPartition)
                || !planned.add(topicPartition)) {
            return;
        }
        boolean slow = world.dice().chance(world.faults().slow());
        long delay = slow ? world.dice().between(0, 4 * Agenda.SECOND) : world.latency();
        world.agenda().in(delay, life, () -> deliver(topicPartition));
    }

    private void deliver(TopicPartition topicPartition) {
        long wait = cutUntil - world.agenda().micros();
        if (wait > 0) {
            world.agenda().in(wait, life, () -> deliver(topicPartition));
            return;
        }
        planned.remove(topicPartition);
        int from = cursors.get(topicPartition);
        if (world.dice().chance(world.faults().repeated())) {
            from = (int) Math.max(0, from - world.dice().between(1, REPEATED_MAX));
            world.count("repeated delivery");
        }
        List<LogRecord> records = world.log().records(topicPartition);
        int to = (int) Math.min(records.size(), from + world.dice().between(1, BATCH_MAX));
        cursors.merge(topicPartition, to, Math::max);
        List.copyOf(records.subList(from, to)).forEach(sink);
        if (!life.isOver()) {
            afterBatch.run();
            checkGoals();
            wake(topicPartition);
        }
    }

    private void checkGoals() {
        for (Goal goal : List.copyOf(goals)) {
            boolean reached =
                    goal.ends().entrySet().stream()
                            .allMatch(end -> cursors.get(end.getKey()) >= end.getValue());
            if (reached && goals.remove(goal)) {
                goal.reached().run();
            }
        }
    }
}
