package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Asked.open;
import static dev.skein.orchestrator.rollout.Strategies.strategy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.strategy.OnFailure;
import dev.skein.protocol.strategy.Strategy;
import org.junit.jupiter.api.Test;

/** A count that is meant for a large wave, and that a small one has too. */
class BudgetsTest {
    private static String saidAtTheOpening(Strategy strategy) {
        Lab lab = Lab.fleet(8);
        return ((Accepted) lab.decide(open(lab, "r-1", strategy))).reply().message();
    }

    @Test
    void budgetAsLargeAsItsWaveIsSaidAtTheOpeningWithItsNumbers() {
        assertThat(
                        saidAtTheOpening(
                                strategy()
                                        .budget(3)
                                        .count("canary", 2)
                                        .percent("rest", 100)
                                        .build()))
                .contains(
                        "failure budgets that nothing can exceed: wave canary has 2 databases and"
                                + " may have 3 failed; all of it may fail and the next wave starts")
                .doesNotContain("wave rest");
    }

    @Test
    void budgetThatCanStopItsWaveIsNoMatter() {
        assertThat(
                        saidAtTheOpening(
                                strategy()
                                        .budget(1)
                                        .count("canary", 2)
                                        .percent("rest", 100)
                                        .build()))
                .doesNotContain("failure budgets");
    }

    @Test
    void waveThatGoesOnAfterFailuresNeedsNoBudget() {
        assertThat(
                        saidAtTheOpening(
                                strategy()
                                        .onFailure(OnFailure.CONTINUE)
                                        .budget(3)
                                        .count("canary", 2)
                                        .percent("rest", 100)
                                        .build()))
                .doesNotContain("failure budgets");
    }
}
