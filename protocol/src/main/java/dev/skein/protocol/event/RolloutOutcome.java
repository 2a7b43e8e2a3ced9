package dev.skein.protocol.event;

/** How a rollout ended. */
public enum RolloutOutcome {
    /** All waves passed. */
    COMPLETED("completed"),
    /** All its databases were taken back. */
    ROLLED_BACK("rolled-back"),
    /** It was stopped for good; what was done stays. */
    ABORTED("aborted");

    private final String label;

    RolloutOutcome(String label) {
        this.label = label;
    }

    /** The name on the wire and for people. */
    public String label() {
        return label;
    }
}
