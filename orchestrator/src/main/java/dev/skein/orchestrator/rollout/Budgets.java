package dev.skein.orchestrator.rollout;

import dev.skein.protocol.event.WaveTargets;
import dev.skein.protocol.strategy.FailureBudget;
import dev.skein.protocol.strategy.OnFailure;
import dev.skein.protocol.strategy.Strategy;
import dev.skein.protocol.strategy.WaveSpec;
import dev.skein.protocol.text.ShortList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Failure budgets that stop nothing: a count that is as large as its wave, as one that a small wave
 * has from the rollout may be. A percentage is meant for any size, and {@code 100%} says what it
 * does.
 */
final class Budgets {
    private static final int NAMED_MAX = 5;

    private Budgets() {}

    /** What a person should know before the first wave fails; empty where each budget can stop. */
    static Optional<String> thatStopNothing(Strategy strategy, List<WaveTargets> waves) {
        List<String> found = new ArrayList<>();
        for (int wave = 0; wave < waves.size(); wave++) {
            WaveSpec spec = strategy.waves().get(wave);
            int databases = waves.get(wave).databases().size();
            FailureBudget budget = spec.limits().failureBudget();
            boolean stops = spec.limits().onFailure() != OnFailure.CONTINUE;
            if (stops && !budget.percent() && databases > 0 && budget.amount() >= databases) {
                found.add(
                        "wave %s has %s and may have %d failed"
                                .formatted(
                                        spec.name(), Texts.databases(databases), budget.amount()));
            }
        }
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "failure budgets that nothing can exceed: "
                                + ShortList.of(found, NAMED_MAX)
                                + "; all of it may fail and the next wave starts. Give a smaller"
                                + " failure-budget there, or a percentage");
    }
}
