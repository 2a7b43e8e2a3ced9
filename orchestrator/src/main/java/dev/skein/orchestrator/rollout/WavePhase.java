package dev.skein.orchestrator.rollout;

import dev.skein.protocol.Labelled;

/** How far a wave is, in one word. */
public enum WavePhase implements Labelled {
    /** An earlier wave has not passed. */
    WAITING("waiting"),
    /** Its databases are ordered and worked on. */
    RUNNING("running"),
    /** All its databases have come to an end; it soaks. */
    SOAKING("soaking"),
    /** A person has to let the next wave start. */
    AWAITING_APPROVAL("awaiting-approval"),
    /** Its gates have held. */
    PASSED("passed"),
    /** Its rollout ended before it had passed. */
    ENDED("ended");

    private final String label;

    WavePhase(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
