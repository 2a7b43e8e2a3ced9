package dev.skein.protocol.event;

import dev.skein.protocol.Labelled;

/** Which of a migration's scripts a step belongs to. */
public enum Direction implements Labelled {
    /** Applies the migration. */
    UP("up"),
    /** Takes it back. */
    DOWN("down"),
    /** Only asks. */
    CHECK("check"),
    /** Belongs to no migration: runs before the first or behind the last of an order. */
    HOOK("hook");

    private final String label;

    Direction(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
