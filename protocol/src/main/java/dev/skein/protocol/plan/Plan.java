package dev.skein.protocol.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An immutable, ordered list of migrations from one source.
 *
 * <p>Invariants: at least one migration; no two with one {@link Migration#key()}.
 *
 * @param framework the tool the migrations were written for
 * @param versionTable the version table of that tool; absent for plain SQL
 * @param migrations in the order in which they are applied
 * @param gaps what becomes of migrations missing in the middle; the framework's own rule where
 *     absent
 * @param parameters what differs from one database to the next
 * @param hooks what runs around the migrations of one order
 * @param rehearsal what the plan did when it was tried out; absent for one that was not
 * @param leftOut keys of migrations that the source has and the plan does not carry, because a
 *     person said so; a database in which the framework applied them is no stranger
 */
public record Plan(
        Framework framework,
        Optional<VersionTableName> versionTable,
        List<Migration> migrations,
        Optional<GapRule> gaps,
        Optional<List<Parameter>> parameters,
        Optional<Hooks> hooks,
        Optional<Rehearsal> rehearsal,
        Optional<List<String>> leftOut) {
    /**
     * @throws IllegalArgumentException if there is no migration, or two share one key
     */
    public Plan {
        migrations = List.copyOf(migrations);
        parameters = parameters.map(List::copyOf);
        leftOut = leftOut.map(List::copyOf);
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

    /** A plan that carries all migrations of its source. */
    public Plan(
            Framework framework,
            Optional<VersionTableName> versionTable,
            List<Migration> migrations,
            Optional<GapRule> gaps,
            Optional<List<Parameter>> parameters,
            Optional<Hooks> hooks,
            Optional<Rehearsal> rehearsal) {
        this(
                framework,
                versionTable,
                migrations,
                gaps,
                parameters,
                hooks,
                rehearsal,
                Optional.empty());
    }

    /** A plan with nothing beside its migrations. */
    public Plan(
            Framework framework,
            Optional<VersionTableName> versionTable,
            List<Migration> migrations) {
        this(
                framework,
                versionTable,
                migrations,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same plan with other migrations; a rehearsal of the old ones says nothing of them. */
    public Plan withMigrations(List<Migration> others) {
        return new Plan(
                framework,
                versionTable,
                others,
                gaps,
                parameters,
                hooks,
                Optional.empty(),
                leftOut);
    }

    /** The same plan, which leaves these migrations out of its source on purpose. */
    public Plan leavingOut(Optional<List<String>> keys) {
        return new Plan(
                framework, versionTable, migrations, gaps, parameters, hooks, rehearsal, keys);
    }

    /** The same plan as if it had only these of its migrations. */
    public Plan endingWith(List<Migration> some) {
        return new Plan(framework, versionTable, some, gaps, parameters, hooks, rehearsal, leftOut);
    }

    /** The same plan with what was found when it was tried out. */
    public Plan rehearsed(Rehearsal found) {
        return new Plan(
                framework,
                versionTable,
                migrations,
                gaps,
                parameters,
                hooks,
                Optional.of(found),
                leftOut);
    }

    /** Whether that key is one that was left out. */
    public boolean leavesOut(String key) {
        return leftOut.filter(keys -> keys.contains(key)).isPresent();
    }

    /** The migration of that key, or empty. */
    public Optional<Migration> migration(String key) {
        return migrations.stream().filter(each -> each.key().equals(key)).findFirst();
    }

    /** Characters of the texts of its steps in both directions, of which a plan mostly consists. */
    public long textLength() {
        return migrations.stream()
                .flatMap(
                        each ->
                                Stream.concat(
                                        each.up().stream(),
                                        each.down().stream().flatMap(List::stream)))
                .mapToLong(step -> step.text().length())
                .sum();
    }

    /** Steps up, over all migrations. */
    public int stepCount() {
        return migrations.stream().mapToInt(migration -> migration.up().size()).sum();
    }

    /**
     * The label of the last migration that has one, which may be a baseline: what a database reads
     * when all is applied.
     */
    public String version() {
        return migrations.stream()
                .filter(each -> each.kind() != MigrationKind.REPEATABLE)
                .reduce((first, second) -> second)
                .map(Migration::version)
                .orElse("");
    }
}
