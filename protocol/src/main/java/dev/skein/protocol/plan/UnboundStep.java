package dev.skein.protocol.plan;

/**
 * A step that no transaction of Skein's bounds: after an interruption it may have taken effect or
 * not, which is found out before anything else runs.
 */
public sealed interface UnboundStep extends Step permits StatementStep, DelegatedStep {
    /** What an agent goes by where nothing tells whether all of it took effect. */
    Atomicity assumedAtomicity();
}
