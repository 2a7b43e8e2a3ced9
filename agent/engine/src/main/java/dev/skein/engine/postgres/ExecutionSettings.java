package dev.skein.engine.postgres;

import dev.skein.engine.ExecutionObserver;
import dev.skein.engine.execution.TimeAndJitter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/**
 * What walks take from outside.
 *
 * @param clock for the times in reports
 * @param chance evenly spread over 0 to 1, for back-off
 * @param patience how long a database may be out of reach before its order fails
 * @param observer looks at each execution
 */
public record ExecutionSettings(
        InstantSource clock, DoubleSupplier chance, Duration patience, ExecutionObserver observer) {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** With nobody who looks. */
    public ExecutionSettings(InstantSource clock, DoubleSupplier chance, Duration patience) {
        this(clock, chance, patience, ExecutionObserver.NONE);
    }

    /** A patience of ten minutes. */
    public static ExecutionSettings of(InstantSource clock, DoubleSupplier chance) {
        return new ExecutionSettings(clock, chance, PATIENCE);
    }

    TimeAndJitter now() {
        return new TimeAndJitter(clock.instant(), chance.getAsDouble());
    }
}
