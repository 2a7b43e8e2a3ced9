package dev.skein.protocol.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An immutable, ordered list of migrations from one source.
 *
 * <p>Invariants: at least one migration; no two with one {@link Migration#key()}.
 *
 * @param framework the tool the migrations were written for
 * @param versionTable where that tool keeps its books; absent for plain SQL
 * @param migrations in the order in which they are applied
 */
public record Plan(
        Framework framework, Optional<VersionTableName> versionTable, List<Migration> migrations) {
    /**
     * @throws IllegalArgumentException if there is no migration, or two share one key
     */
    public Plan {
        migrations = List.copyOf(migrations);
        if (migrations.isEmpty()) {
            throw new IllegalArgumentException("a plan needs at least one migration");
        }
        Set<String> seen = new HashSet<>();
        for (Migration migration : migrations) {
            if (!seen.add(migration.key())) {
                throw new IllegalArgumentException(
                        "two migrations share the version '" + migration.key() + "'");
            }
        }
    }

    /** The migration of that key, or empty. */
    public Optional<Migration> migration(String key) {
        return migrations.stream().filter(each -> each.key().equals(key)).findFirst();
    }

    /** Steps up, over all migrations. */
    public int stepCount() {
        return migrations.stream().mapToInt(migration -> migration.up().size()).sum();
    }

    /** The label of the last versioned migration: what a database reads when all is applied. */
    public String version() {
        return migrations.stream()
                .filter(each -> each.kind() == MigrationKind.VERSIONED)
                .reduce((first, second) -> second)
                .map(Migration::version)
                .orElse("");
    }
}
