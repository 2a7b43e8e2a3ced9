package dev.skein.protocol.strategy;

import dev.skein.protocol.Labelled;

/** What happens to databases that match a rollout's selection but appear after it was opened. */
public enum LatePolicy implements Labelled {
    /** They are listed as late and stay out. */
    LIST("list"),
    /** They join the last wave while the rollout is open. */
    JOIN_LAST_WAVE("join-last-wave");

    private final String label;

    LatePolicy(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
