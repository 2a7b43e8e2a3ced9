package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every cell of {@link ExecutionTable}, and every arrow: which phase follows on which event. */
final class ExecutionTableTest {
    private static final StepFailure FAILURE =
            new StepFailure("no-luck", Optional.empty(), "no luck", true, List.of());

    /** One event of each kind. */
    private static final List<ExecutionEvent> EVENTS =
            List.of(
                    new ExecutionEvent.Begin(),
                    new Reply.Surveyed(new Survey(0, 0, List.of(), Optional.empty())),
                    new Reply.Permitted(Permit.go()),
                    new Reply.Permitted(Permit.paused(1)),
                    new Reply.Permitted(Permit.stopped()),
                    new Reply.Permitted(Permit.superseded()),
                    new Reply.Done(Duration.ZERO),
                    new Reply.Probed(ProbeResult.of(ProbeResult.State.DONE)),
                    new Reply.Fingerprinted(new TreeMap<>()),
                    new Reply.Answered(Optional.empty()),
                    new Reply.Failed(FAILURE, Reply.Failed.Nature.REFUSED),
                    new Reply.Failed(FAILURE, Reply.Failed.Nature.LOST),
                    new Reply.Failed(FAILURE, Reply.Failed.Nature.OVERTAKEN),
                    new Reply.Failed(FAILURE, Reply.Failed.Nature.SUPERSEDED));

    @Test
    void everyKindOfEventIsTried() {
        assertThat(EVENTS.stream().map(ExecutionEvent::kind))
                .containsExactly(ExecutionEvent.Kind.values());
    }

    @Test
    void eventThatCannotComeOfWhatThePhaseWaitsForIsAFault() {
        for (ExecutionPhase phase : ExecutionPhase.values()) {
            for (ExecutionEvent event : EVENTS) {
                if (!phase.awaited().events().contains(event.kind())) {
                    assertThatThrownBy(() -> ExecutionTable.transition(in(phase), event))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining(phase.label());
                }
            }
        }
    }

    private static Execution in(ExecutionPhase phase) {
        Plan plan = new RandomPlans(new SplittableRandom(1)).plan();
        ExecutionContext context =
                new ExecutionContext(
                        Assignment.of(ExecutionScript.order(OrderKind.APPLY, 1, 1), plan),
                        Duration.ZERO);
        return new Execution(
                context,
                ExecutionState.initial(context).with(phase),
                new TimeAndJitter(Instant.EPOCH, 0));
    }

    @Test
    void everyArrowIsTakenAndNoOther() {
        // when
        TreeSet<Arrow> taken = new TreeSet<>();
        SmallOrders.explore(taken);
        // then
        List<Arrow> missed = declared().filter(arrow -> !taken.contains(arrow)).toList();
        List<Arrow> undeclared = new ArrayList<>(taken);
        undeclared.removeAll(declared().toList());
        assertThat(missed).as("arrows of the table that no execution took").isEmpty();
        assertThat(undeclared).as("arrows taken that the table does not declare").isEmpty();
    }

    private static Stream<Arrow> declared() {
        return Stream.of(ExecutionPhase.values())
                .flatMap(
                        phase ->
                                ExecutionTable.row(phase).stream()
                                        .flatMap(cells -> arrows(phase, cells)));
    }

    private static Stream<Arrow> arrows(ExecutionPhase phase, Reaction cells) {
        return cells.events().stream()
                .flatMap(
                        event ->
                                cells.targets().stream()
                                        .map(target -> new Arrow(phase, event, target)));
    }
}
