package dev.skein.protocol.log;

/** The topics of the log; a deployment puts its own prefix before their names. */
public enum Topic {
    /** Plans, by plan id; written by the leading orchestrator. */
    PLANS("plans"),
    /** Decisions about rollouts, by rollout id, on one partition; by the leading orchestrator. */
    ROLLOUTS("rollouts"),
    /** Orders, by database id; written by the leading orchestrator. */
    ORDERS("orders"),
    /** Reports, by database id; written by agents. */
    PROGRESS("progress"),
    /** Inventory and liveness, by agent; written by agents. */
    AGENTS("agents"),
    /** Records that every reader passes over; written by a person's command. */
    SKIPS("skips");

    private final String label;

    Topic(String label) {
        this.label = label;
    }

    /** The topic's name without its prefix. */
    public String label() {
        return label;
    }

    /** Whether it was there in the first version: a log without it has lost it. */
    boolean isOfEveryLog() {
        return this != SKIPS;
    }

    /**
     * Whether processes other than the leader write to it, so that nobody can vouch for what is in
     * it: a record that cannot be read is set aside there, and stops every reader elsewhere.
     */
    public boolean isWrittenByAgents() {
        return this == PROGRESS || this == AGENTS;
    }
}
