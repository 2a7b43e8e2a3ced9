package dev.skein.ops.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What is lost of log, ledgers and databases heals, or waits for a person with a reason. */
class LossSimTest {
    private static final int FIXED = 150;

    @ParameterizedTest
    @EnumSource(value = Loss.class, mode = Mode.EXCLUDE, names = "NOTHING")
    void everyPromiseHoldsThroughALossP9(Loss loss) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (int seed = 0; seed < FIXED; seed++) {
            for (Simulation.Ending ending : Simulation.Ending.values()) {
                Simulation.run(seed, ending, loss)
                        .counts()
                        .forEach((what, count) -> counts.merge(what, count, Integer::sum));
            }
        }
        assertThat(counts).containsKeys("lost " + loss.label(), "back at the start");
    }

    /**
     * A person's answer about an interrupted step, given again to the order in the place of a lost
     * one that had used it; reports of a database that was put back, taken for ones told before,
     * after a newer order and in the middle of one; a retry that a ledger told late, taken for a
     * running order; a rollback that said "rolled back" of databases whose orders the log had lost;
     * an order behind its ledger, looked at for ever during a pause; a database that had joined a
     * rollout in what the log lost.
     */
    @ParameterizedTest
    @CsvSource({
        "6600000000228, TAIL_OF_LOG",
        "6600000000099, TAIL_OF_LOG",
        "6600000000710, TAIL_OF_LOG",
        "6600000000823, TAIL_OF_LOG",
        "6600000001085, TAIL_OF_LOG",
        "6600000001127, TAIL_OF_LOG",
        "6600000001433, TAIL_OF_LOG",
        "6600000001746, TAIL_OF_LOG",
        "6600000001795, TAIL_OF_LOG",
        "6610000000138, TAIL_OF_LOG",
        "6620000000090, TAIL_OF_LOG",
        "27, SINCE_DUMP",
        "246, SINCE_DUMP"
    })
    void seedThatFailedOnceHolds(long seed, Loss loss) {
        for (Simulation.Ending ending : Simulation.Ending.values()) {
            Simulation.run(seed, ending, loss);
        }
    }
}
