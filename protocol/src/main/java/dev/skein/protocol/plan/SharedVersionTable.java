package dev.skein.protocol.plan;

import dev.skein.protocol.id.DatabaseId;
import java.util.Collection;
import java.util.Optional;

/**
 * One version table for several schemas of a database: what is applied in the first of them reads
 * as applied in all.
 */
public final class SharedVersionTable {
    private SharedVersionTable() {}

    /**
     * Whether a target, being one schema of a database that has other targets, would be read in a
     * version table that is not its own.
     *
     * @param targets of the fleet, or of one server
     */
    public static boolean concerns(Plan plan, DatabaseId target, Collection<DatabaseId> targets) {
        Optional<String> schema = plan.versionTable().flatMap(VersionTableName::schema);
        boolean foreign =
                schema.isPresent()
                        && target.schema().isPresent()
                        && !schema.equals(target.schema());
        return foreign && targets.stream().anyMatch(each -> isBeside(target, each));
    }

    private static boolean isBeside(DatabaseId target, DatabaseId other) {
        return other.server().equals(target.server())
                && other.database().equals(target.database())
                && !other.equals(target);
    }

    /** The table's name, of a plan that names its schema. */
    public static String nameIn(Plan plan) {
        return plan.versionTable()
                .map(name -> name.schema().map(each -> each + ".").orElse("") + name.table())
                .orElse("");
    }

    /** What a person can do about it. */
    public static String hint() {
        return "build the plan with a version table without a schema, which each schema then has"
                + " for itself (--version-table TABLE, or the framework's configuration)";
    }
}
