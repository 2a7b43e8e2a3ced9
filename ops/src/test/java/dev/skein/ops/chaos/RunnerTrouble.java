package dev.skein.ops.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kills an agent, and beside that the programs that it runs, each so many times, at drawn moments.
 *
 * <p>Two threads of its own; the counts may be read on any.
 */
final class RunnerTrouble implements AutoCloseable {
    private static final long GAP_MILLIS_MAX = 5_000;
    private static final long LATER_MILLIS_MAX = 700;

    private final Supervised agent;
    private final String mark;
    private final int kills;
    private final AtomicInteger agents = new AtomicInteger();
    private final AtomicInteger programs = new AtomicInteger();
    private final List<CompletableFuture<Void>> threads = new ArrayList<>();
    private volatile boolean closed;

    /**
     * @param mark an argument of the programs
     * @param kills of the agent, and as many of programs
     */
    RunnerTrouble(Supervised agent, String mark, int kills) {
        this.agent = agent;
        this.mark = mark;
        this.kills = kills;
    }

    void begin(SplittableRandom random) {
        SplittableRandom ofAgents = random.split();
        SplittableRandom ofPrograms = random.split();
        threads.add(CompletableFuture.runAsync(() -> killAgents(ofAgents)));
        threads.add(CompletableFuture.runAsync(() -> killPrograms(ofPrograms)));
    }

    private void killAgents(SplittableRandom random) {
        while (!closed && agents.get() < kills) {
            Waiting.pass(Duration.ofMillis(random.nextLong(GAP_MILLIS_MAX)));
            if (!programs(mark).isEmpty()) {
                Waiting.pass(Duration.ofMillis(random.nextLong(LATER_MILLIS_MAX)));
                agent.killAndStart();
                agents.incrementAndGet();
            }
        }
    }

    private void killPrograms(SplittableRandom random) {
        while (!closed && programs.get() < kills) {
            Waiting.pass(Duration.ofMillis(random.nextLong(GAP_MILLIS_MAX)));
            if (!programs(mark).isEmpty()) {
                Waiting.pass(Duration.ofMillis(random.nextLong(LATER_MILLIS_MAX)));
                killOne(random);
            }
        }
    }

    private void killOne(SplittableRandom random) {
        List<ProcessHandle> alive = programs(mark);
        if (!alive.isEmpty() && alive.get(random.nextInt(alive.size())).destroyForcibly()) {
            programs.incrementAndGet();
        }
    }

    /** The programs with that argument that are alive. */
    static List<ProcessHandle> programs(String mark) {
        return ProcessHandle.allProcesses()
                .filter(
                        each ->
                                List.of(each.info().arguments().orElse(new String[0]))
                                        .contains(mark))
                .toList();
    }

    boolean isOver() {
        return threads.stream().allMatch(CompletableFuture::isDone);
    }

    int agentKills() {
        return agents.get();
    }

    int programKills() {
        return programs.get();
    }

    /** Ends it, and tells what went wrong in it. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(CompletableFuture::join);
    }
}
