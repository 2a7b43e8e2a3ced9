package dev.skein.orchestrator.rollout;

import dev.skein.protocol.Labelled;

/** What a rollout is doing, in one word. */
public enum RolloutPhase implements Labelled {
    /** Databases of the current wave are ordered and worked on. */
    RUNNING("running"),
    /** The current wave is done and soaks. */
    SOAKING("soaking"),
    /** The current wave is done and waits for a person. */
    AWAITING_APPROVAL("awaiting-approval"),
    /** No step may start. */
    PAUSED("paused"),
    /** Databases are rolled back. */
    ROLLING_BACK("rolling-back"),
    /** Aborted; orders that run come to their end. */
    ABORTING("aborting"),
    /** Ended: all waves passed. */
    COMPLETED("completed"),
    /** Ended: all its databases were rolled back. */
    ROLLED_BACK("rolled-back"),
    /** Ended: stopped for good; what was done stays. */
    ABORTED("aborted");

    private final String label;

    RolloutPhase(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    /** Whether it has ended. */
    public boolean isClosed() {
        return this == COMPLETED || this == ROLLED_BACK || this == ABORTED;
    }
}
