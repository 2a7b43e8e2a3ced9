package dev.skein.protocol.strategy;

import java.util.OptionalInt;

/**
 * One wave: which of the databases still left over join it, and what bounds it.
 *
 * <p>At most one of {@code count} and {@code percent} is given; without either, all that the
 * selector matches join.
 *
 * @param name distinct within the strategy
 * @param select by name or labels; everything left over where nothing is asked
 * @param count at most so many of the databases that are left over, at least 1
 * @param percent 1 to 100, of all databases of the rollout that the selector matches, those of
 *     earlier waves counted in
 * @param limits what bounds the wave
 * @param gates what must hold before the next wave
 */
public record WaveSpec(
        String name,
        Selector select,
        OptionalInt count,
        OptionalInt percent,
        WaveLimits limits,
        WaveGates gates) {
    private static final int PERCENT_MAX = 100;

    /**
     * @throws IllegalArgumentException if both count and percent are given, or one is out of range
     */
    public WaveSpec {
        if (count.isPresent() && percent.isPresent()) {
            throw new IllegalArgumentException(
                    "wave '" + name + "' has both a count and a percent; give one");
        }
        if (count.isPresent() && count.getAsInt() < 1) {
            throw new IllegalArgumentException("wave '" + name + "': count is below 1");
        }
        if (percent.isPresent() && (percent.getAsInt() < 1 || percent.getAsInt() > PERCENT_MAX)) {
            throw new IllegalArgumentException(
                    "wave '" + name + "': percent " + percent.getAsInt() + " is not 1 to 100");
        }
    }
}
