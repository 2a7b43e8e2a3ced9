package dev.skein.protocol.event;

import dev.skein.protocol.Labelled;

/** How a rollout ended. */
public enum RolloutOutcome implements Labelled {
    /** All waves passed. */
    COMPLETED("completed"),
    /** All its databases were rolled back. */
    ROLLED_BACK("rolled-back"),
    /** It was stopped for good; what was done stays. */
    ABORTED("aborted");

    private final String label;

    RolloutOutcome(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
