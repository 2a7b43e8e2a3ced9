package dev.skein.engine.postgres.version;

import dev.skein.engine.execution.VersionChange;
import dev.skein.engine.execution.VersionExpectation;
import dev.skein.engine.execution.VersionHistory;
import dev.skein.engine.sql.RowCountCheck;
import dev.skein.engine.sql.SqlText;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Migration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Knex's table of migrations and its lock, as Knex creates, reads and writes them on PostgreSQL.
 *
 * <p>A batch is what one {@code knex migrate:latest} applied and {@code migrate:rollback} undoes:
 * here, what one rollout applies to a database with nothing else in between.
 */
final class KnexMigrations implements VersionTable {
    private final String schema;
    private final String name;
    private final String table;
    private final KnexLock lock;
    private final Origin origin;

    /**
     * Selects the rows of the ledger that tell which rows of this table belong to a rollout.
     *
     * @param scope of the target
     * @param rollout whose migrations make up a batch
     * @param runs name of the sessions of runs in this target
     */
    record Origin(String scope, RolloutId rollout, String runs) {}

    KnexMigrations(String schema, String name, Origin origin) {
        this.schema = schema;
        this.name = name;
        this.table = SqlText.qualified(schema, name);
        this.lock = new KnexLock(schema, name, origin.runs());
        this.origin = origin;
    }

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public List<String> tables() {
        return List.of(name, lock.name());
    }

    @Override
    public OptionalLong lockKey() {
        return OptionalLong.of(lock.key());
    }

    @Override
    public Optional<MigrationLock> migrationLock() {
        return Optional.of(lock.row());
    }

    @Override
    public String ledgerKey() {
        return "knex:" + table;
    }

    @Override
    public String creation() {
        return CreateIfAbsent.ofTable(
                        schema,
                        name,
                        "create table "
                                + table
                                + " (\"id\" serial primary key, \"name\" varchar(255),"
                                + " \"batch\" integer, \"migration_time\" timestamptz);")
                + lock.creation();
    }

    @Override
    public Optional<String> query() {
        return Optional.of(
                "select \"name\"::text as version, '' as description, 'migration' as type,"
                        + " null::text as checksum, true as success from "
                        + table
                        + " where \"name\" is not null order by \"id\"");
    }

    @Override
    public Optional<VersionHistory> history(List<VersionRow> rows) {
        List<VersionHistory.Applied> applied =
                rows.stream()
                        .flatMap(row -> row.version().stream())
                        .distinct()
                        .map(
                                key ->
                                        new VersionHistory.Applied(
                                                key, Optional.of(key), Optional.empty()))
                        .toList();
        return Optional.of(new VersionHistory(applied, List.of(), Optional.empty()));
    }

    @Override
    public String guard(VersionExpectation expectation) {
        return lock.guard()
                + CreateIfAbsent.require(
                        (expectation.applied() ? "" : "not ")
                                + "exists (select from "
                                + table
                                + " where "
                                + named(expectation.migration())
                                + ")",
                        "migration "
                                + expectation.migration().key()
                                + (expectation.applied()
                                        ? " is no longer in "
                                        : " has meanwhile come into ")
                                + table
                                + ": somebody else was there");
    }

    @Override
    public String change(VersionChange change) {
        return switch (change.kind()) {
            case APPLIED -> insertion(change.migration());
            case REVERTED -> "delete from " + table + " where " + named(change.migration()) + ";";
            case CONFIRMED -> intoTheBatch(named(change.migration()));
            // Knex writes a row once a migration is done, and none if it fails.
            case STARTED, FAILED, FAILURE_CLEARED, ABANDONED -> "";
        };
    }

    /** Knex makes a batch of each {@code migrate:up}; a rollout is one as a whole. */
    private String intoTheBatch(String named) {
        return "update "
                + table
                + " set \"batch\" = "
                + batch(" where (" + named + ") is not true")
                + " where "
                + named
                + ";";
    }

    @Override
    public String check(VersionChange change) {
        String named = named(change.migration());
        String rows = "migration " + change.migration().key();
        return switch (change.kind()) {
            case APPLIED -> RowCountCheck.in(table).exactly(1, "insert", rows, named);
            case REVERTED -> RowCountCheck.in(table).none("delete", rows, named);
            case CONFIRMED, STARTED, FAILED, FAILURE_CLEARED, ABANDONED -> "";
        };
    }

    private String insertion(Migration migration) {
        return "insert into "
                + table
                + " (\"name\", \"batch\", \"migration_time\") select "
                + SqlText.literal(migration.key())
                + ", "
                + batch("")
                + ", pg_catalog.now();";
    }

    /**
     * The batch of the newest row if this rollout wrote it, else the next one.
     *
     * @param among which rows count, as a where clause
     */
    private String batch(String among) {
        return "(select coalesce((select k.\"batch\" from "
                + table
                + " k where k.\"id\" = (select max(\"id\") from "
                + table
                + among
                + ") and (select l.direction = 'up' and l.rollout = "
                + SqlText.literal(origin.rollout().value())
                + " from skein.ledger l where l.scope = "
                + SqlText.literal(origin.scope())
                + " and l.book = "
                + SqlText.literal(ledgerKey())
                + " and l.migration = k.\"name\" and l.kind = 'done' and l.completes"
                + " order by l.position desc limit 1)), (select coalesce(max(\"batch\"), 0) + 1"
                + " from "
                + table
                + among
                + ")))";
    }

    private static String named(Migration migration) {
        return "\"name\" = " + SqlText.literal(migration.key());
    }
}
