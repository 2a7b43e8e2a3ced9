package dev.skein.engine.postgres;

import dev.skein.engine.ExecutionObserver;
import dev.skein.engine.execution.TimeAndJitter;
import dev.skein.engine.runner.Runners;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/**
 * What executions get from outside.
 *
 * @param clock for the times in reports
 * @param jitter evenly spread over 0 to 1, for back-off
 * @param patience how long a database may be out of reach before its order fails
 * @param observer looks at each execution
 * @param rowData whether reports may hold the values of rows, such as those of a failed constraint
 * @param runners what carries out delegated steps
 */
public record ExecutionSettings(
        InstantSource clock,
        DoubleSupplier jitter,
        Duration patience,
        ExecutionObserver observer,
        boolean rowData,
        Runners runners) {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Without an observer. */
    public ExecutionSettings(InstantSource clock, DoubleSupplier jitter, Duration patience) {
        this(clock, jitter, patience, ExecutionObserver.NONE);
    }

    /** With the values of rows. */
    public ExecutionSettings(
            InstantSource clock,
            DoubleSupplier jitter,
            Duration patience,
            ExecutionObserver observer) {
        this(clock, jitter, patience, observer, true, Runners.NONE);
    }

    /** The same, where the values of rows may be told or not. */
    public ExecutionSettings reportingRowData(boolean told) {
        return new ExecutionSettings(clock, jitter, patience, observer, told, runners);
    }

    /** The same, where these runners carry out delegated steps. */
    public ExecutionSettings runningWith(Runners others) {
        return new ExecutionSettings(clock, jitter, patience, observer, rowData, others);
    }

    /** With a patience of ten minutes and without an observer. */
    public static ExecutionSettings of(InstantSource clock, DoubleSupplier jitter) {
        return new ExecutionSettings(clock, jitter, PATIENCE);
    }

    TimeAndJitter now() {
        return new TimeAndJitter(clock.instant(), jitter.getAsDouble());
    }
}
