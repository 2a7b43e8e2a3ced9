package dev.skein.engine.execution;

import dev.skein.engine.execution.ExecutionEvent.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders {@link ExecutionTable}: a diagram of its arrows, and all of it as a table. */
final class ExecutionDiagram {
    private ExecutionDiagram() {}

    static String render() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "The way through an execution as long as nothing fails and no permit is held"
                        + " back:");
        lines.add("");
        lines.add("```mermaid");
        lines.add("stateDiagram-v2");
        lines.add("    [*] --> NEW");
        phases().forEach(phase -> arrows(phase, lines));
        lines.add("    ENDED --> [*]");
        lines.add("```");
        lines.add("");
        lines.add("Every event of every phase, with the phases that may follow:");
        lines.add("");
        lines.add("| phase | event: phases that may follow |");
        lines.add("|---|---|");
        phases().filter(phase -> phase != ExecutionPhase.ENDED)
                .forEach(phase -> lines.add(row(phase)));
        lines.add("");
        lines.add("Any other event is a fault: it cannot come of what the phase waits for.");
        return String.join("\n", lines);
    }

    private static Stream<ExecutionPhase> phases() {
        return Stream.of(ExecutionPhase.values());
    }

    private static void arrows(ExecutionPhase from, List<String> lines) {
        Map<ExecutionPhase, Set<Kind>> byTarget = new EnumMap<>(ExecutionPhase.class);
        for (Reaction cells : ExecutionTable.row(from)) {
            for (Kind event : cells.events()) {
                if (event.compareTo(Kind.FAILED_REFUSED) < 0 && !heldBack(event)) {
                    cells.targets()
                            .forEach(
                                    to ->
                                            byTarget.computeIfAbsent(to, t -> new TreeSet<>())
                                                    .add(event));
                }
            }
        }
        byTarget.forEach(
                (to, events) -> lines.add("    " + from + " --> " + to + ": " + labels(events)));
    }

    private static boolean heldBack(Kind event) {
        return event == Kind.PERMIT_PAUSED
                || event == Kind.PERMIT_STOPPED
                || event == Kind.PERMIT_SUPERSEDED;
    }

    private static String row(ExecutionPhase phase) {
        return ExecutionTable.row(phase).stream()
                .sorted(Comparator.comparing(cells -> cells.events().iterator().next()))
                .map(cells -> "**" + labels(cells.events()) + "**: " + targets(cells.targets()))
                .collect(Collectors.joining("; ", "| " + phase.label() + " | ", " |"));
    }

    private static String targets(Set<ExecutionPhase> targets) {
        return targets.stream().map(ExecutionPhase::label).collect(Collectors.joining(", "));
    }

    private static String labels(Set<Kind> events) {
        return events.stream()
                .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }
}
