package dev.skein.orchestrator.fleet;

/**
 * A record that can never follow what was folded before it: the log is damaged, or the code that
 * wrote or reads it is wrong. The fold stops; nothing is skipped.
 */
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what was folded, where, and the numbers that do not fit. */
    public Fault(String message) {
        super(message);
    }
}
