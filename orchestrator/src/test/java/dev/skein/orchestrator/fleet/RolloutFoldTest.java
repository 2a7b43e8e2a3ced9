package dev.skein.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.skein.protocol.event.DatabasesJoined;
import dev.skein.protocol.event.DatabasesRetried;
import dev.skein.protocol.event.DatabasesSkipped;
import dev.skein.protocol.event.PauseCause;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RolloutAborted;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.event.RolloutOutcome;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.event.RolloutResumed;
import dev.skein.protocol.event.WaveApprovalRevoked;
import dev.skein.protocol.event.WaveApproved;
import dev.skein.protocol.event.WaveOverdue;
import dev.skein.protocol.event.WavePassed;
import dev.skein.protocol.event.WavePromoted;
import dev.skein.protocol.event.WaveSettled;
import dev.skein.protocol.event.WaveStarted;
import dev.skein.protocol.event.WaveTargets;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.strategy.FailureBudget;
import dev.skein.protocol.strategy.LatePolicy;
import dev.skein.protocol.strategy.OnFailure;
import dev.skein.protocol.strategy.Selector;
import dev.skein.protocol.strategy.StepLimits;
import dev.skein.protocol.strategy.Strategy;
import dev.skein.protocol.strategy.WaveGates;
import dev.skein.protocol.strategy.WaveLimits;
import dev.skein.protocol.strategy.WaveSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event of a rollout in every state of its wave: taken in, or a fault. */
class RolloutFoldTest {
    private static final RolloutId ID = new RolloutId("r-1");
    private static final DatabaseId ACME = DatabaseId.of("pg-1", "acme");
    private static final DatabaseId LATE = DatabaseId.of("pg-1", "late");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String BY = "ann";

    /** Event; then what it does to a rollout that waits, one that has started, one that ended. */
    private static final String TABLE =
            """
            RolloutOpened      fault  fault  fault
            WaveStarted        taken  fault  fault
            WaveSettled        fault  taken  fault
            WaveOverdue        fault  taken  fault
            WavePromoted       fault  taken  fault
            WaveApproved       fault  taken  fault
            WaveApprovalRevoked fault taken  fault
            WavePassed         fault  taken  fault
            RolloutPaused      taken  taken  fault
            RolloutResumed     taken  taken  fault
            DatabasesRetried   taken  taken  taken
            DatabasesSkipped   taken  taken  fault
            DatabasesJoined    taken  taken  fault
            RollbackRequested  taken  taken  taken
            RolloutAborted     taken  taken  fault
            RolloutClosed      taken  taken  fault
            """;

    private enum Before {
        WAITING,
        STARTED,
        CLOSED
    }

    private record Case(String event, Before before, String expected) {}

    private static List<Case> cases() {
        return TABLE.lines().flatMap(RolloutFoldTest::row).toList();
    }

    private static Stream<Case> row(String line) {
        String[] columns = line.trim().split("\\s+");
        return Arrays.stream(Before.values())
                .map(each -> new Case(columns[0], each, columns[1 + each.ordinal()]));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eventDoesWhatTheTableSays(Case declared) {
        RolloutState state = state(declared.before());
        RolloutEvent event =
                events().filter(each -> nameOf(each).equals(declared.event())).findFirst().get();
        assertThat(outcome(state, event)).isEqualTo(declared.expected());
    }

    @Test
    void everyEventIsDeclared() {
        assertThat(TABLE.lines().map(line -> line.split("\\s+")[0]))
                .containsExactlyInAnyOrderElementsOf(
                        events(RolloutEvent.class).map(Class::getSimpleName).toList());
    }

    private static Stream<Class<?>> events(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(RolloutFoldTest::events)
                : Stream.of(type);
    }

    private static String outcome(RolloutState state, RolloutEvent event) {
        try {
            assertThat(state.apply(event).sequence()).isEqualTo(state.sequence() + 1);
            return "taken";
        } catch (Fault fault) {
            assertThat(fault).hasMessageContaining("r-1");
            return "fault";
        }
    }

    private static String nameOf(RolloutEvent event) {
        return event.getClass().getSimpleName();
    }

    private static RolloutState state(Before before) {
        RolloutState waiting = RolloutState.opened(opened());
        RolloutState started = waiting.apply(new WaveStarted(ID, 0, NOW));
        return switch (before) {
            case WAITING -> waiting;
            case STARTED -> started;
            case CLOSED -> started.apply(closed());
        };
    }

    private static RolloutClosed closed() {
        return new RolloutClosed(ID, RolloutOutcome.COMPLETED, 1, 0, 0, NOW);
    }

    private static RolloutOpened opened() {
        WaveSpec all =
                new WaveSpec(
                        "all",
                        Selector.all(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        new WaveLimits(1, FailureBudget.none(), Optional.empty(), OnFailure.PAUSE),
                        new WaveGates(Duration.ZERO, false, List.of()));
        Strategy strategy =
                new Strategy(Selector.all(), List.of(all), LatePolicy.LIST, StepLimits.defaults());
        List<WaveTargets> waves = List.of(new WaveTargets("all", List.of(ACME)));
        return new RolloutOpened(
                ID, new PlanId("ab".repeat(32)), 0, strategy, waves, "beef", BY, NOW);
    }

    private static Stream<RolloutEvent> events() {
        List<DatabaseId> acme = List.of(ACME);
        return Stream.of(
                opened(),
                new WaveStarted(ID, 0, NOW),
                new WaveSettled(ID, 0, 1, 0, 0, NOW),
                new WaveOverdue(ID, 0, 1, NOW),
                new WavePromoted(ID, 0, BY, NOW),
                new WaveApproved(ID, 0, "beef", BY, NOW),
                new WaveApprovalRevoked(ID, 0, "", BY, NOW),
                new WavePassed(ID, 0, NOW),
                new RolloutPaused(ID, 1, PauseCause.OPERATOR, "", BY, NOW),
                new RolloutResumed(ID, BY, NOW),
                new DatabasesRetried(ID, acme, Optional.empty(), BY, NOW),
                new DatabasesSkipped(ID, acme, "", BY, NOW),
                new DatabasesJoined(ID, 0, List.of(LATE), NOW),
                new RollbackRequested(ID, RollbackScope.ALL, acme, "", BY, NOW),
                new RolloutAborted(ID, "", BY, NOW),
                closed());
    }

    @Test
    void pauseOutOfTurnIsAFault() {
        RolloutEvent third = new RolloutPaused(ID, 3, PauseCause.OPERATOR, "", BY, NOW);
        assertThat(outcome(state(Before.STARTED), third)).isEqualTo("fault");
    }

    @Test
    void strangerIsAFault() {
        RolloutEvent stranger = new DatabasesSkipped(ID, List.of(LATE), "", BY, NOW);
        assertThat(state(Before.STARTED).targets()).doesNotContainKey(LATE);
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> state(Before.STARTED).apply(stranger))
                .withMessageContaining("pg-1/late");
    }
}
