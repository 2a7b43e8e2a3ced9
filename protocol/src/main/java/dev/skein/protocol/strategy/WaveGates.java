package dev.skein.protocol.strategy;

import dev.skein.protocol.plan.CheckStep;
import java.time.Duration;
import java.util.List;

/**
 * What must hold between a wave and the next one, beside the failure budget.
 *
 * @param soak how long to wait after the wave's last database is done; zero for none
 * @param approval whether a person must approve
 * @param checks run on each database of the wave after its last step; a wrong answer fails it
 */
public record WaveGates(Duration soak, boolean approval, List<CheckStep> checks) {
    /**
     * @throws IllegalArgumentException if the soak is negative
     */
    public WaveGates {
        checks = List.copyOf(checks);
        if (soak.isNegative()) {
            throw new IllegalArgumentException("soak " + soak + " is negative");
        }
    }
}
