package dev.skein.engine.framework;

import dev.skein.protocol.plan.Ancestry;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.GapRule;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.VersionTableName;
import dev.skein.protocol.strategy.OnNewer;
import java.util.List;
import java.util.Optional;

/** What one framework does differently from the others. Immutable; safe on any thread. */
public interface FrameworkRules {
    /** The rules of a framework; the only place that lists them all. */
    static FrameworkRules of(Framework framework) {
        return switch (framework) {
            case SQL -> new PlainSqlRules();
            case FLYWAY -> new FlywayRules();
            case ALEMBIC -> new AlembicRules();
            case PRISMA -> new PrismaRules();
            case KNEX -> new KnexRules();
        };
    }

    /** The rules of a plan's framework. */
    static FrameworkRules of(Plan plan) {
        return of(plan.framework());
    }

    /**
     * What the framework calls its version table unless told otherwise; absent where Skein's ledger
     * is the only one.
     */
    Optional<String> versionTable();

    /** The name of this plan's version table, without its schema; absent where there is none. */
    default Optional<String> versionTable(Plan plan) {
        return plan.versionTable().map(VersionTableName::table).or(this::versionTable);
    }

    /** Whether the version table lives in the target's default schema, as far as this plan says. */
    default boolean livesInTheDefaultSchema(Plan plan) {
        return versionTable().isPresent()
                && plan.versionTable().flatMap(VersionTableName::schema).isEmpty();
    }

    /** The framework's tables other than the version table of that name, such as one for a lock. */
    default List<String> tablesBeside(String versionTable) {
        return List.of();
    }

    /**
     * The one text that says at which version a database is, in the framework's terms.
     *
     * @param versions at least one, in the order in which they were applied
     */
    String versionOf(Plan plan, List<String> versions);

    /** The same for any number of versions; empty where there is none. */
    default Optional<String> version(Plan plan, List<String> versions) {
        return versions.isEmpty() ? Optional.empty() : Optional.of(versionOf(plan, versions));
    }

    /**
     * Whether it matters that a version is applied which the plan does not know. Where the
     * framework allows it, a plan may begin in the middle: older versions are then unknown to it.
     */
    boolean hasToKnow(Plan plan, String version);

    /** Whether the version is above all those of the plan, as far as the framework can tell. */
    default boolean isNewer(Plan plan, String version) {
        return PlanVersions.isAboveTheHighest(plan, version, VersionOrder.INSTANCE);
    }

    /** What the framework does in a database that is ahead of its migrations. */
    default OnNewer onNewer() {
        return OnNewer.FAIL;
    }

    /** What happens to a pending migration below an applied one, where the plan does not say. */
    GapRule gaps();

    /** Which migrations depend on which; absent where they are a line. */
    default Optional<Ancestry> graph(Plan plan) {
        return Optional.empty();
    }

    /** Whether the version table tells of each failure, and not only of what it left half done. */
    default boolean recordsEveryFailure() {
        return false;
    }

    /** Whether each script has a session of its own, instead of one for all of a run. */
    default boolean sessionForEach() {
        return false;
    }

    /** Whether a plan may leave single migrations of its source out. */
    default boolean leavesOut() {
        return false;
    }

    /** Whether the framework's own rollback removes rows from its table, newest first. */
    default boolean takesRowsOut() {
        return false;
    }

    /**
     * The framework's checksum of a repeatable migration whose text depends on the database; absent
     * where its checksum is that of the file, whatever was put into it.
     */
    default Optional<String> checksumOf(String text) {
        return Optional.empty();
    }
}
