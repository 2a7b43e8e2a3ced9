package dev.skein.engine.execution;

import java.util.List;

/**
 * What the catalogue answered about a step that no transaction bounds.
 *
 * @param remnants indexes that an interrupted run left, schema-qualified and quoted
 */
public record ProbeResult(State state, List<String> remnants) {
    /** What the catalogue shows. */
    public enum State {
        /** The step's effect. */
        DONE,
        /** No trace of the step. */
        NOT_DONE,
        /** Invalid indexes, which have to go before the step can run. */
        REMNANT,
        /** A detachment that waits to be finalized. */
        DETACH_PENDING
    }

    /** Copies the list. */
    public ProbeResult {
        remnants = List.copyOf(remnants);
    }

    /** An answer without remnants. */
    public static ProbeResult of(State state) {
        return new ProbeResult(state, List.of());
    }
}
