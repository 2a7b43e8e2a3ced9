package dev.skein.engine.postgres.version;

import dev.skein.engine.execution.VersionChange;
import dev.skein.engine.execution.VersionExpectation;
import dev.skein.engine.execution.VersionHistory;
import dev.skein.engine.sql.RowCountCheck;
import dev.skein.engine.sql.SqlText;
import dev.skein.protocol.plan.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Prisma Migrate's table, as its schema engine creates, reads and writes it on PostgreSQL.
 *
 * <ul>
 *   <li>A migration in one transaction gets its row there, finished.
 *   <li>Any other gets its row unfinished before its first step, as Prisma writes it; its last step
 *       finishes that row. While it is unfinished Prisma calls the migration failed and applies
 *       nothing more; Skein's ledger knows what really happened.
 *   <li>A failure adds its text. The next attempt marks that row as rolled back, as {@code prisma
 *       migrate resolve --rolled-back} does, and begins another.
 *   <li>A migration that was undone has its row marked as rolled back: {@code migrate deploy}
 *       applies it again, and the history stays readable.
 *   <li>The lock is the one that {@code prisma migrate} takes.
 * </ul>
 */
final class PrismaMigrations implements VersionTable {
    /** Prisma's own key, the same for each schema of a database. */
    private static final long LOCK = 72_707_369L;

    private static final String UNFINISHED = " and finished_at is null and rolled_back_at is null";
    private static final String FINISHED =
            " and finished_at is not null and rolled_back_at is null";
    private static final String FAILED = UNFINISHED + " and logs is not null";
    private static final String NOW = "pg_catalog.clock_timestamp()";

    private final String schema;
    private final String name;
    private final String table;

    PrismaMigrations(String schema, String name) {
        this.schema = schema;
        this.name = name;
        this.table = SqlText.qualified(schema, name);
    }

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public List<String> tables() {
        return List.of(name);
    }

    @Override
    public OptionalLong lockKey() {
        return OptionalLong.of(LOCK);
    }

    @Override
    public String ledgerKey() {
        return "prisma:" + table;
    }

    @Override
    public String creation() {
        return CreateIfAbsent.ofTable(
                schema,
                name,
                "create table "
                        + table
                        + " (id varchar(36) primary key not null, checksum varchar(64) not null,"
                        + " finished_at timestamptz, migration_name varchar(255) not null,"
                        + " logs text, rolled_back_at timestamptz,"
                        + " started_at timestamptz not null default now(),"
                        + " applied_steps_count integer not null default 0);");
    }

    @Override
    public Optional<String> query() {
        return Optional.of(
                "select migration_name::text as version, '' as description, 'migration' as type,"
                        + " checksum::text as checksum, finished_at is not null as success from "
                        + table
                        + " where rolled_back_at is null order by started_at, finished_at");
    }

    @Override
    public Optional<VersionHistory> history(List<VersionRow> rows) {
        List<VersionHistory.Applied> applied = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (VersionRow row : rows) {
            String key = row.version().orElseThrow();
            if (row.success()) {
                applied.removeIf(entry -> entry.key().equals(key));
                applied.add(new VersionHistory.Applied(key, row.version(), row.checksum()));
            } else if (!failed.contains(key)) {
                failed.add(key);
            }
        }
        return Optional.of(new VersionHistory(applied, failed, Optional.empty()));
    }

    @Override
    public String guard(VersionExpectation expectation) {
        String there = "exists (select from " + table + " where " + named(expectation.migration());
        return CreateIfAbsent.require(
                (expectation.applied() ? "" : "not ") + there + FINISHED + ")",
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
        Migration migration = change.migration();
        return switch (change.kind()) {
            case STARTED ->
                    rolledBack(migration, FAILED) + insertion(migration, "null", 0, UNFINISHED);
            case APPLIED ->
                    update("finished_at = " + NOW + ", applied_steps_count = 1", migration)
                            + insertion(migration, NOW, 1, FINISHED);
            case CONFIRMED -> "";
            case REVERTED -> rolledBack(migration, FINISHED);
            case FAILED ->
                    insertion(migration, "null", 0, UNFINISHED)
                            + update(
                                    "logs = " + SqlText.literal(change.message().orElse("")),
                                    migration);
            case FAILURE_CLEARED -> rolledBack(migration, FAILED);
            case ABANDONED -> rolledBack(migration, UNFINISHED);
        };
    }

    @Override
    public String check(VersionChange change) {
        Migration migration = change.migration();
        return switch (change.kind()) {
            case STARTED ->
                    none("update", migration, FAILED) + some("insert", migration, UNFINISHED);
            case APPLIED ->
                    none("update", migration, UNFINISHED)
                            + some("insert or update", migration, FINISHED);
            case CONFIRMED -> "";
            case REVERTED -> none("update", migration, FINISHED);
            case FAILED -> some("insert or update", migration, FAILED);
            case FAILURE_CLEARED -> none("update", migration, FAILED);
            case ABANDONED -> none("update", migration, UNFINISHED);
        };
    }

    private String some(String statement, Migration migration, String state) {
        return RowCountCheck.in(table)
                .some(statement, "migration " + migration.key(), named(migration) + state);
    }

    private String none(String statement, Migration migration, String state) {
        return RowCountCheck.in(table)
                .none(statement, "migration " + migration.key(), named(migration) + state);
    }

    private String rolledBack(Migration migration, String state) {
        return "update "
                + table
                + " set rolled_back_at = "
                + NOW
                + " where "
                + named(migration)
                + state
                + ";";
    }

    /** Changes the row that is neither finished nor rolled back. */
    private String update(String assignments, Migration migration) {
        return "update "
                + table
                + " set "
                + assignments
                + " where "
                + named(migration)
                + UNFINISHED
                + ";";
    }

    private String insertion(Migration migration, String finished, int steps, String unless) {
        return "insert into "
                + table
                + " (id, checksum, started_at, finished_at, migration_name, applied_steps_count)"
                + " select pg_catalog.gen_random_uuid()::text, "
                + SqlText.literal(migration.checksum().orElse(""))
                + ", pg_catalog.transaction_timestamp(), "
                + finished
                + ", "
                + SqlText.literal(migration.key())
                + ", "
                + steps
                + " where not exists (select from "
                + table
                + " where "
                + named(migration)
                + unless
                + ");";
    }

    private static String named(Migration migration) {
        return "migration_name = " + SqlText.literal(migration.key());
    }

    @Override
    public Optional<String> repair() {
        return Optional.of(
                "update "
                        + table
                        + " set rolled_back_at = "
                        + NOW
                        + " where finished_at is null and rolled_back_at is null returning"
                        + " 'failed migration ' || migration_name || ' marked as rolled back'"
                        + " as mended;"
                        + RowCountCheck.in(table)
                                .none(
                                        "update",
                                        "failed rows",
                                        "finished_at is null and rolled_back_at is null"));
    }
}
