package dev.skein.protocol.event;

/** How much of a rollout is taken back. */
public enum RollbackScope {
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

    /** The name on the wire and for people. */
    public String label() {
        return label;
    }
}
