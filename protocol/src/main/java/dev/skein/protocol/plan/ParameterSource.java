package dev.skein.protocol.plan;

import dev.skein.protocol.Labelled;

/** What gives a {@link Parameter} its value in one database. */
public enum ParameterSource implements Labelled {
    /** A label of the database; a database without it is refused. */
    LABEL("label"),
    /** The name of the PostgreSQL database. */
    DATABASE("database"),
    /** The schema in which unqualified names are created. */
    DEFAULT_SCHEMA("default-schema"),
    /** The role that the agent connects as. */
    USER("user"),
    /** The time at which the order was given, {@code yyyy-MM-dd HH:mm:ss} in UTC. */
    TIMESTAMP("timestamp");

    private final String label;

    ParameterSource(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
