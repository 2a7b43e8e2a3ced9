package dev.skein.protocol.plan;

import dev.skein.protocol.Labelled;
import java.util.Optional;

/** The tool whose files a plan was read from and whose version table its agents keep. */
public enum Framework implements Labelled {
    /** Plain SQL files; Skein's ledger is the only version table. */
    SQL("sql"),
    /** Flyway: {@code flyway_schema_history}. */
    FLYWAY("flyway"),
    /** Alembic: {@code alembic_version}. */
    ALEMBIC("alembic"),
    /** Prisma Migrate: {@code _prisma_migrations}. */
    PRISMA("prisma"),
    /** Knex: {@code knex_migrations}. */
    KNEX("knex");

    private final String label;

    Framework(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    /** The framework of that label, or empty. */
    public static Optional<Framework> of(String label) {
        return Labelled.of(Framework.class, label);
    }
}
