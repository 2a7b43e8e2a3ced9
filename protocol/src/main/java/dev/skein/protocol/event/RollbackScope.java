package dev.skein.protocol.event;

import dev.skein.protocol.Labelled;

/** How much of a rollout is rolled back. */
public enum RollbackScope implements Labelled {
    /** Databases named one by one. */
    DATABASES("databases"),
    /** All databases of a wave. */
    WAVE("wave"),
    /** All databases of the rollout. */
    ALL("all");

    private final String label;

    RollbackScope(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
