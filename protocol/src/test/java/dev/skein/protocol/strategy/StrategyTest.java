package dev.skein.protocol.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StrategyTest {
    private static final OptionalInt NONE = OptionalInt.empty();
    private static final Duration SECOND = Duration.ofSeconds(1);

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(() -> strategy(), "a strategy needs at least one wave"),
                refused(
                        () -> strategy(wave("a", NONE, NONE), wave("a", NONE, NONE)),
                        "two waves are named 'a'"),
                refused(
                        () -> wave("a", OptionalInt.of(1), OptionalInt.of(1)),
                        "wave 'a' has both a count and a percent; give one"),
                refused(() -> wave("a", OptionalInt.of(0), NONE), "wave 'a': count is below 1"),
                refused(
                        () -> wave("a", NONE, OptionalInt.of(0)),
                        "wave 'a': percent 0 is not 1 to 100"),
                refused(
                        () -> wave("a", NONE, OptionalInt.of(101)),
                        "wave 'a': percent 101 is not 1 to 100"),
                refused(() -> limits(0, Optional.empty()), "max-in-flight 0 is below 1"),
                refused(
                        () -> limits(1, Optional.of(Duration.ZERO)),
                        "deadline PT0S is not positive"),
                refused(
                        () -> new WaveGates(SECOND.negated(), false, List.of()),
                        "soak PT-1S is negative"),
                refused(
                        () -> steps(Duration.ZERO, Optional.empty(), SECOND, 1),
                        "lock-timeout PT0S is not positive"),
                refused(
                        () -> steps(SECOND, Optional.of(Duration.ZERO), SECOND, 1),
                        "statement-timeout PT0S is not positive"),
                refused(
                        () -> steps(SECOND, Optional.empty(), SECOND.negated(), 1),
                        "pause-between-steps PT-1S is negative"),
                refused(
                        () -> steps(SECOND, Optional.empty(), SECOND, 0),
                        "attempts 0 is not 1 to 1000"),
                refused(
                        () -> steps(SECOND, Optional.empty(), SECOND, 1001),
                        "attempts 1001 is not 1 to 1000"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refused")
    void valueOutOfBoundsIsRefusedWithItsName(Supplier<Object> value, String message) {
        assertThatThrownBy(value::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void boundsThemselvesAreAccepted() {
        assertThat(wave("a", OptionalInt.of(1), NONE).count()).hasValue(1);
        assertThat(wave("a", NONE, OptionalInt.of(1)).percent()).hasValue(1);
        assertThat(wave("a", NONE, OptionalInt.of(100)).percent()).hasValue(100);
        assertThat(steps(SECOND, Optional.empty(), Duration.ZERO, 1000).attempts()).isEqualTo(1000);
    }

    @Test
    void stepsWaitTwoSecondsForALockAndAreTriedTenTimesByDefault() {
        assertThat(StepLimits.defaults())
                .isEqualTo(steps(Duration.ofSeconds(2), Optional.empty(), Duration.ZERO, 10));
    }

    private static Arguments refused(Supplier<Object> value, String message) {
        return arguments(value, message);
    }

    private static Strategy strategy(WaveSpec... waves) {
        return new Strategy(Selector.all(), List.of(waves), LatePolicy.LIST, StepLimits.defaults());
    }

    private static WaveSpec wave(String name, OptionalInt count, OptionalInt percent) {
        WaveGates gates = new WaveGates(Duration.ZERO, false, List.of());
        return new WaveSpec(
                name, Selector.all(), count, percent, limits(1, Optional.empty()), gates);
    }

    private static WaveLimits limits(int maxInFlight, Optional<Duration> deadline) {
        return new WaveLimits(maxInFlight, FailureBudget.none(), deadline, OnFailure.PAUSE);
    }

    private static StepLimits steps(
            Duration lock, Optional<Duration> statement, Duration pause, int attempts) {
        return new StepLimits(lock, statement, pause, attempts);
    }
}
