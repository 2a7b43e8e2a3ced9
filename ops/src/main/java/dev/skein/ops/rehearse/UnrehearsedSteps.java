package dev.skein.ops.rehearse;

import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.text.ShortList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Steps that a rehearsal cannot carry out, since it has no runner of their name. */
public final class UnrehearsedSteps {
    private static final int NAMED_MAX = 5;

    private UnrehearsedSteps() {}

    /** Why a plan cannot be rehearsed with these runners; empty where it can. */
    public static Optional<String> reason(Plan plan, ScratchRunners runners) {
        SortedMap<String, List<String>> lacking = new TreeMap<>();
        for (Migration migration : plan.migrations()) {
            runnersOf(migration)
                    .filter(each -> !runners.names().contains(each))
                    .distinct()
                    .forEach(
                            each ->
                                    lacking.computeIfAbsent(each, none -> new ArrayList<>())
                                            .add(migration.script()));
        }
        if (lacking.isEmpty()) {
            return Optional.empty();
        }
        List<String> delegated = new ArrayList<>();
        lacking.forEach(
                (runner, scripts) ->
                        delegated.add(
                                ShortList.of(scripts, NAMED_MAX) + " to the runner " + runner));
        return Optional.of(
                "it delegates " + String.join(", ", delegated) + advice(runners.names()));
    }

    private static Stream<String> runnersOf(Migration migration) {
        return Stream.concat(
                        migration.up().stream(), migration.down().stream().flatMap(List::stream))
                .filter(DelegatedStep.class::isInstance)
                .map(step -> ((DelegatedStep) step).runner());
    }

    private static String advice(Set<String> known) {
        return known.isEmpty()
                ? "; name with --runners the file that says how that is called: the agent's, or"
                        + " one with its section 'runners' alone"
                : ", and the file of --runners has " + String.join(", ", known) + " alone";
    }
}
