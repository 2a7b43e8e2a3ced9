package dev.skein.ops.sim;

/** What an agent does in one database by one order. */
interface Visit {
    /** Begins; it ends by telling the agent. */
    void begin();

    /** The agent is dead: the database will notice in its own time. */
    void abandon();
}
