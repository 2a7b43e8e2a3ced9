package dev.skein.engine.execution;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an execution does in each phase about each event, with the phases that may follow; {@link
 * ExecutionRows} declares it.
 *
 * <p>A cell is a transition where the event can come of what the phase waits for, and then it must
 * be declared; all other cells are faults. {@link ExecutionPhase.Awaited} says which are which.
 */
final class ExecutionTable {
    private static final Map<ExecutionPhase, List<Reaction>> ROWS = ExecutionRows.all();

    static {
        List.of(ExecutionPhase.values()).forEach(ExecutionTable::requireComplete);
    }

    private ExecutionTable() {}

    private static void requireComplete(ExecutionPhase phase) {
        List<ExecutionEvent.Kind> declared =
                row(phase).stream().flatMap(each -> each.events().stream()).toList();
        Set<ExecutionEvent.Kind> possible = phase.awaited().events();
        if (declared.size() != possible.size() || !possible.containsAll(declared)) {
            throw new IllegalStateException(
                    phase + " declares " + declared + ", and can see " + possible);
        }
    }

    /** The cells of a phase that are transitions. */
    static List<Reaction> row(ExecutionPhase phase) {
        return Optional.ofNullable(ROWS.get(phase)).orElseThrow();
    }

    /** The cell; empty where it is a fault. */
    static Optional<Reaction> cell(ExecutionPhase phase, ExecutionEvent.Kind event) {
        return row(phase).stream().filter(each -> each.events().contains(event)).findFirst();
    }

    /**
     * What follows on an event.
     *
     * @throws IllegalStateException if the event cannot come of what the execution waits for
     */
    static Transition transition(Execution execution, ExecutionEvent event) {
        ExecutionPhase phase = execution.state().phase();
        return cell(phase, event.kind())
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "an execution in phase '"
                                                + phase.label()
                                                + "' waits for nothing like "
                                                + event))
                .handler()
                .on(execution, event);
    }
}
