package dev.skein.ops.chaos;

import dev.skein.protocol.event.RolloutClosed;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Keeps one process running and kills it at moments drawn in advance: each when the rollout has
 * come so many steps far, and a drawn time later. So every kill finds it at another point: in the
 * middle of a step, between two, at a start, with reports on their way.
 *
 * <p>Moments that pass while the process is being replaced kill its successor while it starts.
 */
final class Killer {
    private static final Duration PROGRESS_MAX = Duration.ofSeconds(90);

    private final Supplier<SkeinProcess> starting;
    private final LogTail tail;
    private final List<Moment> moments;
    private SkeinProcess victim;
    private int kills;

    /** One kill: when so many steps are done, and then after some time. */
    record Moment(int steps, Duration later) {}

    /**
     * @param first runs already
     * @param starting starts the next one
     */
    Killer(
            SkeinProcess first,
            Supplier<SkeinProcess> starting,
            LogTail tail,
            List<Moment> moments) {
        this.victim = first;
        this.starting = starting;
        this.tail = tail;
        this.moments = moments;
    }

    static List<Moment> draw(SplittableRandom random, int kills, int stepsMax, Duration laterMax) {
        return IntStream.generate(() -> random.nextInt(stepsMax))
                .limit(kills)
                .sorted()
                .mapToObj(
                        step ->
                                new Moment(
                                        step,
                                        Duration.ofMillis(random.nextLong(laterMax.toMillis()))))
                .toList();
    }

    /** Kills as often as there are moments, and gives back the process that runs then. */
    SkeinProcess run() {
        for (Moment moment : moments) {
            Waiting.until(
                    moment.steps() + " steps done, after " + kills + " kills",
                    PROGRESS_MAX,
                    () -> reached(moment));
            Waiting.pass(moment.later());
            if (!tail.events(RolloutClosed.class).isEmpty()) {
                throw new AssertionError("the rollout ended before kill " + (kills + 1));
            }
            victim.kill();
            kills++;
            victim = starting.get();
        }
        return victim;
    }

    private boolean reached(Moment moment) {
        victim.requireAlive();
        return tail.steps() >= moment.steps();
    }

    int kills() {
        return kills;
    }
}
