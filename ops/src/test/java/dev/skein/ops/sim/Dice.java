package dev.skein.ops.sim;

import java.util.List;
import java.util.SplittableRandom;

/** The only randomness of a run. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Evenly spread over both bounds and what lies between. */
    long between(long low, long high) {
        return low + random.nextLong(high - low + 1);
    }

    double unit() {
        return random.nextDouble();
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
