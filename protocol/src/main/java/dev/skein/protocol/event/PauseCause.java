package dev.skein.protocol.event;

import dev.skein.protocol.Labelled;

/** Why a rollout was paused. */
public enum PauseCause implements Labelled {
    /** A person asked for it. */
    OPERATOR("operator"),
    /** A wave's failures exceeded its budget. */
    FAILURE_BUDGET("failure-budget"),
    /** Databases were rolled back; a person decides what happens next. */
    ROLLBACK("rollback");

    private final String label;

    PauseCause(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
