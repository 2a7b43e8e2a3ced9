package dev.skein.ops.sim;

import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Slice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Reads slices from their beginning, each at its own pace, some records more than once. */
final class LogReader {
    private static final int BATCH_MAX = 20;
    private static final int REPEATED_MAX = 5;

    private final World world;
    private final Life life;
    private final Consumer<LogRecord> sink;
    private final Runnable afterBatch;
    private final SortedMap<Slice, Integer> cursors = new TreeMap<>();
    private final SortedSet<Slice> planned = new TreeSet<>();
    private final List<Goal> goals = new ArrayList<>();
    private long cutUntil;

    private record Goal(SortedMap<Slice, Long> ends, Runnable reached) {}

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

    void follow(Collection<Slice> slices) {
        slices.forEach(slice -> cursors.putIfAbsent(slice, 0));
        slices.forEach(this::wake);
    }

    /** Runs once everything has been read that is in the log now. */
    void whenCaughtUp(Runnable reached) {
        SortedMap<Slice, Long> ends = new TreeMap<>();
        cursors.keySet().forEach(slice -> ends.put(slice, world.log().end(slice)));
        goals.add(new Goal(ends, reached));
        world.agenda().in(world.latency(), life, this::checkGoals);
    }

    /** Nothing is delivered for so long. */
    void cut(long micros) {
        cutUntil = world.agenda().micros() + micros;
    }

    void wake(Slice slice) {
        Integer cursor = cursors.get(slice);
        if (cursor == null || cursor >= world.log().end(slice) || !planned.add(slice)) {
            return;
        }
        boolean slow = world.dice().chance(world.faults().slow());
        long delay = slow ? world.dice().between(0, 4 * Agenda.SECOND) : world.latency();
        world.agenda().in(delay, life, () -> deliver(slice));
    }

    private void deliver(Slice slice) {
        long wait = cutUntil - world.agenda().micros();
        if (wait > 0) {
            world.agenda().in(wait, life, () -> deliver(slice));
            return;
        }
        planned.remove(slice);
        int from = cursors.get(slice);
        if (world.dice().chance(world.faults().repeated())) {
            from = (int) Math.max(0, from - world.dice().between(1, REPEATED_MAX));
            world.count("repeated delivery");
        }
        List<LogRecord> records = world.log().records(slice);
        int to = (int) Math.min(records.size(), from + world.dice().between(1, BATCH_MAX));
        cursors.merge(slice, to, Math::max);
        List.copyOf(records.subList(from, to)).forEach(sink);
        if (!life.isOver()) {
            afterBatch.run();
            checkGoals();
            wake(slice);
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
