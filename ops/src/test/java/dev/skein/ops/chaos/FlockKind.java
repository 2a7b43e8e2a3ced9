package dev.skein.ops.chaos;

import dev.skein.protocol.plan.Framework;

/** By what a database of the flock is migrated. */
enum FlockKind {
    FLYWAY(Framework.FLYWAY) {
        @Override
        String up(int number) {
            return "V%d__change.sql".formatted(number);
        }

        @Override
        String down(int number) {
            return "U%d__change.sql".formatted(number);
        }
    },
    SQL(Framework.SQL) {
        @Override
        String up(int number) {
            return "%04d_change.up.sql".formatted(number);
        }

        @Override
        String down(int number) {
            return "%04d_change.down.sql".formatted(number);
        }
    };

    private final Framework framework;

    FlockKind(Framework framework) {
        this.framework = framework;
    }

    Framework framework() {
        return framework;
    }

    /** The value of the databases' label {@code kind}. */
    String label() {
        return framework.label();
    }

    /** The file of a migration's way forward. */
    abstract String up(int number);

    /** The file of its way back. */
    abstract String down(int number);
}
