package dev.skein.protocol.event;

import dev.skein.protocol.Labelled;

/** How a step came to be done. */
public enum StepOutcome implements Labelled {
    /** The agent ran it. */
    EXECUTED("executed"),
    /** The catalogue showed it done after an interruption. */
    FOUND_DONE("found-done"),
    /** A remnant of an interrupted or failed run was removed and it was run again. */
    REPAIRED("repaired"),
    /** A person said that an interrupted run of it had taken effect. */
    DECLARED_DONE("declared-done");

    private final String label;

    StepOutcome(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
