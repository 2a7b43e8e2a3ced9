package dev.skein.engine.postgres.version;

import dev.skein.engine.execution.VersionChange;
import dev.skein.engine.execution.VersionHistory;
import dev.skein.engine.sql.RowCountCheck;
import dev.skein.engine.sql.SqlText;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Flyway's schema history table, as Flyway 11 creates, reads and writes it on PostgreSQL.
 *
 * <ul>
 *   <li>Where the schema is created for the table, a row of rank 0 says so, as Flyway does.
 *   <li>A migration that was undone gets a row of type {@code DELETE}, Flyway's own type for it:
 *       {@code info} and {@code migrate} then call the migration pending again, and the history
 *       stays readable. The paid editions' {@code UNDO_SQL} would make the open one fail.
 *   <li>A migration that failed outside a transaction gets a row with {@code success = false}, as
 *       Flyway writes it. Where Skein's ledger has that failure, the row is removed in the
 *       transaction that records the success; otherwise a person has to remove it.
 *   <li>The lock is the one that {@code flyway migrate} takes.
 * </ul>
 */
final class FlywayHistory implements VersionTable {
    /** "Flyway" in ASCII, to which Flyway adds the hash of the table's quoted name. */
    private static final long LOCK_BASE = 0x466C79776179L;

    private static final int DESCRIPTION_MAX = 200;
    private static final int SCRIPT_MAX = 1000;
    private static final String CUT = "...";
    private static final String SINCE_BEGIN =
            "(extract(epoch from pg_catalog.clock_timestamp()"
                    + " - pg_catalog.transaction_timestamp()) * 1000)::int";

    private final String schema;
    private final String name;
    private final String table;

    FlywayHistory(String schema, String name) {
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
        return OptionalLong.of(LOCK_BASE + table.hashCode());
    }

    @Override
    public String ledgerKey() {
        return "flyway:" + table;
    }

    @Override
    public String creation() {
        return CreateIfAbsent.ofTable(
                schema,
                name,
                "create table "
                        + table
                        + " (\"installed_rank\" int not null, \"version\" varchar(50),"
                        + " \"description\" varchar(200) not null, \"type\" varchar(20) not null,"
                        + " \"script\" varchar(1000) not null, \"checksum\" integer,"
                        + " \"installed_by\" varchar(100) not null,"
                        + " \"installed_on\" timestamp not null default now(),"
                        + " \"execution_time\" integer not null, \"success\" boolean not null);"
                        + " alter table "
                        + table
                        + " add constraint "
                        + SqlText.identifier(name + "_pk")
                        + " primary key (\"installed_rank\"); create index "
                        + SqlText.identifier(name + "_s_idx")
                        + " on "
                        + table
                        + " (\"success\");",
                marker());
    }

    private String marker() {
        return insertInto()
                + " values (0, null, '<< Flyway Schema Creation >>', 'SCHEMA', "
                + SqlText.literal(cutAtStart(SqlText.identifier(schema)))
                + ", null, current_user, 0, true);";
    }

    @Override
    public Optional<String> query() {
        return Optional.of(
                "select \"version\"::text as version, \"description\"::text as description,"
                        + " \"type\"::text as type, \"checksum\"::text as checksum, \"success\" as"
                        + " success from "
                        + table
                        + " order by \"installed_rank\"");
    }

    @Override
    public Optional<VersionHistory> history(List<VersionRow> rows) {
        return Optional.of(FlywayHistoryReader.of(rows));
    }

    @Override
    public String change(VersionChange change) {
        Migration migration = change.migration();
        return switch (change.kind()) {
            case STARTED, CONFIRMED -> "";
            case APPLIED -> insertion(migration, millis(change.elapsed()), true, "");
            case FAILED ->
                    insertion(
                            migration,
                            millis(change.elapsed()),
                            false,
                            " where not exists (select from "
                                    + table
                                    + " where "
                                    + failure(migration)
                                    + ")");
            case REVERTED -> deletion(migration);
            case FAILURE_CLEARED, ABANDONED ->
                    "delete from " + table + " where " + failure(migration) + ";";
        };
    }

    @Override
    public String check(VersionChange change) {
        Migration migration = change.migration();
        String failure = failure(migration);
        return switch (change.kind()) {
            case STARTED, CONFIRMED -> "";
            case APPLIED -> newest(migration, "\"success\" and \"type\" <> 'DELETE'");
            // An existing row of an earlier failure is enough.
            case FAILED ->
                    RowCountCheck.in(table)
                            .some("insert", "failed migration " + migration.key(), failure);
            case REVERTED -> newest(migration, "\"type\" = 'DELETE'");
            case FAILURE_CLEARED, ABANDONED ->
                    RowCountCheck.in(table).none("delete", "failed rows", failure);
        };
    }

    /** The newest row of the migration is the one just inserted, which has the highest rank. */
    private String newest(Migration migration, String condition) {
        return RowCountCheck.in(table)
                .exactly(
                        1,
                        "insert",
                        "migration " + migration.key(),
                        "\"installed_rank\" = (select max(\"installed_rank\") from "
                                + table
                                + ") and "
                                + named(migration)
                                + " and "
                                + condition);
    }

    private static String failure(Migration migration) {
        return identity(migration) + " and not \"success\"";
    }

    private static String millis(Optional<Duration> elapsed) {
        return elapsed.map(time -> Long.toString(time.toMillis())).orElse(SINCE_BEGIN);
    }

    private String insertion(
            Migration migration, String millis, boolean success, String condition) {
        return insertInto()
                + " select "
                + nextRank()
                + ", "
                + version(migration)
                + ", "
                + SqlText.literal(cutAtEnd(migration.description()))
                + type(migration)
                + SqlText.literal(cutAtStart(migration.script()))
                + ", "
                + migration.checksum().map(text -> SqlText.literal(text) + "::int").orElse("null")
                + ", current_user, "
                + millis
                + ", "
                + success
                + condition
                + ";";
    }

    /** A migration in Java has its own, which Flyway compares when it validates. */
    private static String type(Migration migration) {
        if (isBaseline(migration)) {
            return ", 'SQL_BASELINE', ";
        }
        boolean program = migration.up().stream().anyMatch(DelegatedStep.class::isInstance);
        return program ? ", 'JDBC', " : ", 'SQL', ";
    }

    private String deletion(Migration migration) {
        return insertInto()
                + " select "
                + nextRank()
                + ", \"version\", \"description\", 'DELETE', \"script\", \"checksum\","
                + " current_user, 0, true from "
                + table
                + " where "
                + identity(migration)
                + " and \"success\" and \"type\" <> 'DELETE' order by \"installed_rank\" desc"
                + " limit 1;";
    }

    private String insertInto() {
        return "insert into "
                + table
                + " (\"installed_rank\", \"version\", \"description\", \"type\", \"script\","
                + " \"checksum\", \"installed_by\", \"execution_time\", \"success\")";
    }

    private String nextRank() {
        return "(select coalesce(max(\"installed_rank\"), 0) + 1 from " + table + ")";
    }

    private static String identity(Migration migration) {
        // One version may have a script and a baseline.
        return migration.kind() == MigrationKind.REPEATABLE
                ? named(migration)
                : named(migration) + " and (\"type\" = 'SQL_BASELINE') = " + isBaseline(migration);
    }

    private static String named(Migration migration) {
        return migration.kind() == MigrationKind.REPEATABLE
                ? "\"version\" is null and \"description\" = "
                        + SqlText.literal(cutAtEnd(migration.description()))
                : "\"version\" = " + version(migration);
    }

    private static String version(Migration migration) {
        return migration.kind() == MigrationKind.REPEATABLE
                ? "null"
                : SqlText.literal(migration.version());
    }

    private static boolean isBaseline(Migration migration) {
        return migration.kind() == MigrationKind.BASELINE;
    }

    private static String cutAtEnd(String description) {
        return description.length() <= DESCRIPTION_MAX
                ? description
                : description.substring(0, DESCRIPTION_MAX - CUT.length()) + CUT;
    }

    private static String cutAtStart(String script) {
        return script.length() <= SCRIPT_MAX
                ? script
                : CUT + script.substring(CUT.length(), SCRIPT_MAX);
    }

    /** Removes failed migrations, as {@code flyway repair} does. */
    @Override
    public Optional<String> repair() {
        return Optional.of(
                "delete from "
                        + table
                        + " where not \"success\" returning 'failed row of migration ' ||"
                        + " coalesce(\"version\", \"description\") || ' taken out' as mended;"
                        + RowCountCheck.in(table).none("delete", "failed rows", "not \"success\""));
    }
}
