package dev.skein.orchestrator.fleet;

/** What folding one record did to the state. */
public enum FoldOutcome {
    /** The state has taken it in. */
    APPLIED,
    /** It had been folded before: nothing changed. */
    DUPLICATE,
    /** It came too late to matter, such as a report of a superseded order. */
    IGNORED,
    /** An agent wrote what cannot be taken: whoever it names is shown as broken. */
    SET_ASIDE,
    /** A person decided to pass over it. */
    SKIPPED
}
