package dev.skein.protocol.plan;

import java.util.Optional;

/**
 * How a migration is named in its plan, in the ledger and in what was read of a version table: by
 * its version or, being repeatable, by its description; a prefix tells the kinds apart.
 */
public final class MigrationKey {
    private static final String REPEATABLE = "R:";
    private static final String BASELINE = "B:";

    private MigrationKey() {}

    /**
     * The key.
     *
     * @param version read unless the migration is repeatable
     * @param description read if it is
     */
    public static String of(MigrationKind kind, String version, String description) {
        return switch (kind) {
            case VERSIONED -> version;
            case REPEATABLE -> REPEATABLE + description;
            case BASELINE -> BASELINE + version;
        };
    }

    /** The kind of the migration that bears this key. */
    public static MigrationKind kindOf(String key) {
        if (key.startsWith(REPEATABLE)) {
            return MigrationKind.REPEATABLE;
        }
        return key.startsWith(BASELINE) ? MigrationKind.BASELINE : MigrationKind.VERSIONED;
    }

    /** The version in this key; absent in that of a repeatable migration. */
    public static Optional<String> versionOf(String key) {
        return switch (kindOf(key)) {
            case VERSIONED -> Optional.of(key);
            case REPEATABLE -> Optional.empty();
            case BASELINE -> Optional.of(key.substring(BASELINE.length()));
        };
    }
}
