package dev.skein.orchestrator.strategy;

import dev.skein.protocol.Labelled;

/** Whether a person must let the next wave start. */
enum Approval implements Labelled {
    /** It starts by itself. */
    NONE("none"),
    /** A person must approve. */
    REQUIRED("required");

    private final String label;

    Approval(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
