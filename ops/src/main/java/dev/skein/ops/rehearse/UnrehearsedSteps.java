package dev.skein.ops.rehearse;

import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Steps that a rehearsal cannot carry out: their runners are the agents'. */
public final class UnrehearsedSteps {
    private static final int NAMED_MAX = 5;

    private UnrehearsedSteps() {}

    /** Why a plan cannot be rehearsed; empty where it can. */
    public static Optional<String> reason(Plan plan) {
        List<String> scripts =
                plan.migrations().stream()
                        .filter(UnrehearsedSteps::isDelegated)
                        .map(Migration::script)
                        .toList();
        if (scripts.isEmpty()) {
            return Optional.empty();
        }
        String named =
                String.join(", ", scripts.subList(0, Math.min(NAMED_MAX, scripts.size())))
                        + (scripts.size() > NAMED_MAX
                                ? " and " + (scripts.size() - NAMED_MAX) + " more"
                                : "");
        return Optional.of(
                "it delegates "
                        + named
                        + " to runners, which only agents have; rehearse a plan that is built"
                        + " without --delegate (with --accept for these), or try this one on a"
                        + " tenant of your own first");
    }

    private static boolean isDelegated(Migration migration) {
        return Stream.concat(
                        migration.up().stream(), migration.down().stream().flatMap(List::stream))
                .anyMatch(DelegatedStep.class::isInstance);
    }
}
