package dev.skein.protocol.strategy;

/** What happens to databases that match a rollout's selection but appear after it was opened. */
public enum LatePolicy {
    /** They are listed as late and stay out. */
    LIST("list"),
    /** They join the last wave while the rollout is open. */
    JOIN_LAST_WAVE("join-last-wave");

    private final String label;

    LatePolicy(String label) {
        this.label = label;
    }

    /** The name in strategy files and on the wire. */
    public String label() {
        return label;
    }
}
