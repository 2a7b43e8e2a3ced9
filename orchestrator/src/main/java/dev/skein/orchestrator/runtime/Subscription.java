package dev.skein.orchestrator.runtime;

/** Something that was asked to be told; ends by being closed. */
@FunctionalInterface
public interface Subscription {
    /** Ends it: what was already on its way may still arrive once. May be called twice. */
    void close();
}
