package dev.skein.orchestrator.fleet;

import dev.skein.protocol.Labelled;

/** What a rollout wants of one of its databases. */
public enum DesiredState implements Labelled {
    /** The plan applied. */
    APPLY("apply"),
    /** What this rollout applied taken back. */
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
