package dev.skein.orchestrator.fleet;

/** What folding one record did to the state. */
public enum FoldOutcome {
    /** The state has taken it in. */
    APPLIED,
    /** It had been folded before: nothing changed. */
    DUPLICATE,
    /** It came too late to matter, such as a report of a superseded order. */
    IGNORED
}
