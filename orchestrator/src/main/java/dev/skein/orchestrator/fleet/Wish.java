package dev.skein.orchestrator.fleet;

/** What a rollout wants of one of its databases. */
public enum Wish {
    /** The plan applied. */
    APPLY,
    /** What this rollout applied taken back. */
    ROLLBACK,
    /** Nothing: it is left out. */
    SKIP
}
