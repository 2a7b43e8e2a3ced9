package dev.skein.protocol.strategy;

import dev.skein.protocol.Labelled;

/** What happens when a wave's failures exceed its budget. */
public enum OnFailure implements Labelled {
    /** The rollout pauses and waits for a person. */
    PAUSE("pause"),
    /** The wave's databases are rolled back, then the rollout waits for a person. */
    ROLLBACK_WAVE("rollback-wave"),
    /** All databases of the rollout are rolled back. */
    ROLLBACK_ROLLOUT("rollback-rollout"),
    /** The failures are noted and the rollout continues. */
    CONTINUE("continue");

    private final String label;

    OnFailure(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
