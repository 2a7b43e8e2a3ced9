package dev.skein.engine.execution;

import org.junit.jupiter.api.Test;

/**
 * Orders by seed, one after the other, in databases that answers at random: each execution asks for
 * what its phase waits for, runs nothing without a permit, gives each report its own sequence in
 * the ledger, and comes to an end.
 */
final class OrderExecutionSimTest {
    private static final int SEEDS = 2_000;

    @Test
    void everyPropertyHoldsWhateverTheDatabaseAnswers() {
        for (int seed = 0; seed < SEEDS; seed++) {
            try {
                new RandomExecutions(seed).run();
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("with seed " + seed, broken);
            }
        }
    }
}
