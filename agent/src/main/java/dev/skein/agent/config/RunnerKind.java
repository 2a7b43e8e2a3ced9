package dev.skein.agent.config;

import dev.skein.protocol.Labelled;

/** Whose command a runner calls. */
public enum RunnerKind implements Labelled {
    /** {@code alembic upgrade} and {@code downgrade}. */
    ALEMBIC("alembic"),
    /** {@code knex migrate:up} and {@code migrate:down}. */
    KNEX("knex"),
    /** One of Flyway's Java migrations, by a program of Skein's on the team's class path. */
    FLYWAY("flyway"),
    /** A program of the team's own, called with {@code up} or {@code down} and a name. */
    COMMAND("command");

    private final String label;

    RunnerKind(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
