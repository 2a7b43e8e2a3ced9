package dev.skein.protocol.event;

/** How a step came to be done. */
public enum StepOutcome {
    /** The agent ran it. */
    EXECUTED("executed"),
    /** The catalogue showed it done after an interruption. */
    FOUND_DONE("found-done"),
    /** A remnant of an interrupted or failed run was removed and it was run again. */
    REPAIRED("repaired");

    private final String label;

    StepOutcome(String label) {
        this.label = label;
    }

    /** The name on the wire and for people. */
    public String label() {
        return label;
    }
}
