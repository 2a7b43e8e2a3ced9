package dev.skein.orchestrator.fleet;

import dev.skein.protocol.Labelled;

/** What a rollout wants of one of its databases. */
public enum DesiredState implements Labelled {
    /** The plan applied. */
    APPLY("apply"),
    /** The state before this rollout: what it applied is rolled back. */
    ROLLBACK("rollback"),
    /** Nothing: it is left out. */
    SKIP("skip");

    private final String label;

    DesiredState(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
