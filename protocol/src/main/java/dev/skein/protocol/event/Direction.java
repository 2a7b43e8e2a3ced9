package dev.skein.protocol.event;

/** Which of a migration's scripts a step belongs to. */
public enum Direction {
    /** Applies the migration. */
    UP("up"),
    /** Takes it back. */
    DOWN("down"),
    /** Only asks. */
    CHECK("check");

    private final String label;

    Direction(String label) {
        this.label = label;
    }

    /** The name on the wire and for people. */
    public String label() {
        return label;
    }
}
