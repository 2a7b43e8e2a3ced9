package dev.skein.ops.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
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
}
