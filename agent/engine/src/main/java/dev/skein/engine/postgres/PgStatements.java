package dev.skein.engine.postgres;

import dev.skein.engine.execution.Records;
import dev.skein.engine.execution.VersionChange;
import dev.skein.engine.postgres.ledger.LedgerSql;
import dev.skein.engine.postgres.version.MigrationLock;
import dev.skein.engine.postgres.version.VersionTable;
import dev.skein.engine.sql.SqlText;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.plan.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The messages that an execution sends, each one or more statements of one simple query.
 *
 * <p>A step's transaction is four messages sent without waiting, so that it costs one round trip:
 * its begin, the script alone (so that positions in errors are the script's), its guard and its
 * records. If one fails, those after it are refused in the aborted transaction. If even {@code
 * begin} fails, they are refused because the session's transactions are read-only by default.
 *
 * <p>The guard is a cursor: it lives exactly as long as the transaction, and unlike a setting it
 * survives {@code reset all}. A script that has ended the transaction finds it closed. After it the
 * session is reset before the records are sent, because a script may have changed role, search
 * path, or the encoding in which they would be read.
 *
 * <p>There are two search paths. What the team wrote, and what it puts off to the commit, runs on
 * the session's own. What Skein wrote runs on one that holds PostgreSQL's own objects alone, and
 * names all others in full: otherwise the owner of a database could plant better-matching operators
 * and functions, which would run with the rights of the agent's role (PostgreSQL, "Usage Patterns"
 * of schemas).
 */
final class PgStatements {
    /** The SQLSTATE of a cursor that no longer exists. */
    static final String NO_CURSOR = "34000";

    /** Resets what a script may have changed to what the connection began with. */
    private static final String RESET =
            "reset session authorization; reset role; reset all;"
                    + SessionSettings.READ_ONLY_FROM_HERE;

    /**
     * For a role that is named like the ledger's schema, {@code "$user"} is taken off the search
     * path: it would put the tenant's objects beside the ledger. Behind a {@code begin}, never
     * before: a transaction that has run a query can no longer be made read-write.
     */
    private static final String PATH =
            " select pg_catalog.set_config('search_path', pg_catalog.regexp_replace("
                    + "pg_catalog.regexp_replace(pg_catalog.current_setting('search_path'),"
                    + " ', *\"[$]user\"', '', 'g'), '\"[$]user\" *,? *', ''), false)"
                    + " where session_user operator(pg_catalog.=) 'skein'"
                    + " or current_user operator(pg_catalog.=) 'skein';";

    /** Without its last part PostgreSQL would look for tables and types in it first. */
    private static final String OWN_PATH = " search_path = pg_catalog, pg_temp;";

    /** Switches to Skein's search path, up to the transaction's end. */
    private static final String OURS = " set local" + OWN_PATH;

    /** Switches to the team's search path. */
    private static final String THEIRS = " reset search_path;" + PATH;

    /** Ends a transaction of Skein's; what its triggers defer runs on the team's search path. */
    private static final String COMMIT = THEIRS + " commit;";

    /** The begin of a transaction in which the team looks and can change nothing. */
    static final String BEGIN_CHECK = RESET + " begin read only;" + PATH;

    /** The begin of a transaction in which Skein looks and can change nothing. */
    static final String BEGIN_READ = RESET + " begin read only;" + OURS;

    /**
     * Where the statements of steps run: {@code schema} and {@code role}. Asked on their own search
     * path, and nowhere else, so that all that depends on it agrees.
     */
    static final String SESSION_CONTEXT =
            RESET
                    + PATH
                    + " select pg_catalog.current_schema()::pg_catalog.text as schema,"
                    + " current_user::pg_catalog.text as role";

    /** What has been put off to the commit is done; what comes after is put off again. */
    private static final String NOTHING_DEFERRED =
            "set constraints all immediate; set constraints all deferred; ";

    private static final String BEGIN = RESET + " begin read write;" + OURS;
    private static final String GUARD = "skein_step";

    private final LedgerSql ledger;
    private final VersionTable versionTable;
    private final HeldLocks locks;

    PgStatements(LedgerSql ledger, VersionTable versionTable, HeldLocks locks) {
        this.ledger = ledger;
        this.versionTable = versionTable;
        this.locks = locks;
    }

    /**
     * Creates what is absent and reads everything.
     *
     * @param seen the last report that the orchestrator had seen
     */
    String survey(long seen) {
        return BEGIN
                + LedgerSql.LAZILY
                + LedgerSql.creation()
                + versionTable.creation()
                + versionTable.trust()
                + versionTable
                        .migrationLock()
                        .map(row -> versionTable.trustToWrite() + row.take())
                        .orElse("")
                + ledger.survey(seen, true)
                + versionTable.query().map(query -> query + ";").orElse("")
                + "commit;";
    }

    /** Creates the ledger where it is absent, and nothing else. */
    static String ledgerAlone() {
        return BEGIN + LedgerSql.LAZILY + LedgerSql.creation() + "commit;";
    }

    /** Takes the lock of that key twice; see {@link HeldLocks}. */
    static String lock(long key) {
        return RESET
                + "select pg_catalog.pg_try_advisory_lock("
                + key
                + ") as held, pg_catalog.pg_try_advisory_lock("
                + key
                + ")";
    }

    /** Releases the lock of that key, however often the session has taken it. */
    static String unlock(long key) {
        return BEGIN
                + "do "
                + SqlText.literal(
                        "begin while pg_catalog.pg_advisory_unlock(" + key + ") loop end loop; end")
                + "; commit;";
    }

    /**
     * Sessions of that name in this database, as {@code run}; those that are older than the limit
     * are ended with it.
     */
    static String runSessions(String applicationName, Duration limit) {
        return "select a.pid as run, case when extract(epoch from clock_timestamp() -"
                + " a.backend_start) > "
                + limit.toSeconds()
                + " then pg_catalog.pg_terminate_backend(a.pid) end as ended"
                + " from pg_catalog.pg_stat_activity a"
                + " where a.datname = pg_catalog.current_database() and a.application_name = "
                + SqlText.literal(applicationName);
    }

    /** A question of Skein's own. */
    static String look(String query) {
        return BEGIN_READ + " " + query + "; commit";
    }

    /** Releases all advisory locks; the server would do it some time after the end of a session. */
    static final String UNLOCK = RESET + "select pg_catalog.pg_advisory_unlock_all()";

    /** What scripts have left in the session, besides settings, as {@code left_in_session}. */
    String leftInSession() {
        return look(
                "select pg_my_temp_schema() <> 0"
                        + " or exists (select from pg_cursors where is_holdable)"
                        + " or exists (select from pg_prepared_statements where from_sql)"
                        + " or exists (select from pg_listening_channels())"
                        + " or (select count(*) from pg_locks where locktype = 'advisory'"
                        + " and pid = pg_backend_pid()) > "
                        + locks.keys().size()
                        + " as left_in_session");
    }

    /** Makes sure that the locks are held still, between statements that no transaction bounds. */
    String locksHeld() {
        return BEGIN + locks.held() + "commit;";
    }

    /** Ends a transaction that failed, or that only looked. */
    String rollback() {
        return "rollback; " + locksHeld();
    }

    /** Who holds the advisory lock of that key in this database. */
    static String holders(long key) {
        return watch(
                Blockers.SELECT
                        + " where a.pid in (select l.pid from pg_catalog.pg_locks l where"
                        + " l.locktype = 'advisory' and l.granted and l.objsubid = 1 and l.database"
                        + " = (select d.oid from pg_catalog.pg_database d where d.datname ="
                        + " pg_catalog.current_database()) and (l.classid::bigint << 32) |"
                        + " l.objid::bigint = "
                        + key
                        + ")");
    }

    /** Whose transaction holds that row. */
    static String holders(MigrationLock row) {
        return watch(Blockers.SELECT + " where " + row.holders());
    }

    /** Who keeps the session of that process waiting. */
    static String blockers(int pid) {
        return watch(Blockers.of(pid));
    }

    private static String watch(String query) {
        return RESET + " set" + OWN_PATH + query;
    }

    /** Releases the row, whoever took it. */
    static String mend(MigrationLock row) {
        return BEGIN + row.mend() + "commit;";
    }

    /** Releases the row. */
    static String release(MigrationLock row) {
        return BEGIN + row.release() + "commit;";
    }

    /** Releases the row for a run of the framework. */
    static String lend(MigrationLock row) {
        return BEGIN + row.lend() + "commit;";
    }

    /** The order's epoch becomes the ledger's. */
    String accept(OrderIssued order, long reported, Records records, boolean mends) {
        return BEGIN
                + LedgerSql.LAZILY
                + ledger.raise(order.epoch(), order.rollout().value(), reported, order.log())
                + ledger.fence(order.epoch())
                + (mends ? versionTable.trustToWrite() + versionTable.repair().orElse("") : "")
                + records(records, false);
    }

    /** Records alone. */
    String write(long epoch, Records records) {
        return BEGIN + ledger.fence(epoch) + expected(records) + records(records, false);
    }

    /** What comes before a script. */
    String begin(long epoch, Records records) {
        return BEGIN
                + ledger.fence(epoch)
                + expected(records)
                + "declare "
                + GUARD
                + " cursor for select 1;"
                + THEIRS;
    }

    /**
     * The script as it is, so that positions in errors are its own. Behind it stands a statement
     * that does nothing, because the client cannot take the answer to a text without any.
     */
    static String script(String sql) {
        return sql + "\n;select 1";
    }

    /**
     * What comes after a script. What it has put off to the commit is done first, while all is as
     * the script left it: done later, it could undo what is counted by then.
     */
    String guard() {
        return "close " + GUARD + "; " + NOTHING_DEFERRED + RESET + OURS + locks.held();
    }

    /** The records of a script, and the end of its transaction. */
    String end(Records records) {
        return records(records, true);
    }

    private String expected(Records records) {
        return records.expectation().map(versionTable::guard).orElse("");
    }

    private String records(Records records, boolean timed) {
        String changes =
                records.changes().stream()
                        .map(each -> versionTable.change(each) + counted(each))
                        .collect(Collectors.joining());
        String trust = changes.isEmpty() ? "" : versionTable.trustToWrite();
        return trust + changes + ledger.insertion(records.entries(), timed) + COMMIT;
    }

    /** The rows are counted when nothing is left that could take them out by the commit. */
    private String counted(VersionChange change) {
        String check = versionTable.check(change);
        return check.isEmpty() ? "" : THEIRS + " " + NOTHING_DEFERRED + OURS + check;
    }

    String acknowledged(long sequence) {
        return BEGIN + LedgerSql.LAZILY + ledger.acknowledged(sequence) + "commit;";
    }

    /**
     * Prepares the session for a statement outside a transaction.
     *
     * @param patient whether it may wait for locks without a limit: a concurrent index build that
     *     waits keeps nobody waiting, and giving it up throws its work away
     */
    static String outside(List<String> session, boolean patient) {
        return RESET
                + PATH
                + " set default_transaction_read_only = off;"
                + (patient ? " set lock_timeout = 0;" : "")
                + session(session);
    }

    /**
     * Prepares the session for a question to the catalogue about names as a step means them. Where
     * its own path leads is kept in a setting, and the question itself is Skein's.
     */
    static String lookup(List<String> session) {
        return outside(session, true)
                + " select pg_catalog.set_config('"
                + CatalogueQuery.PATH_SETTING
                + "', pg_catalog.current_schemas(true)::pg_catalog.text, false); set"
                + OWN_PATH;
    }

    /** Statements of a script, on lines of their own in case one ends in a comment. */
    static String session(List<String> statements) {
        return statements.stream().map(sql -> sql + "\n;\n").collect(Collectors.joining());
    }

    static String dropIndex(String qualified) {
        return "drop index concurrently if exists " + qualified;
    }

    static String finalizeDetach(Probe.PartitionDetached probe) {
        return "alter table "
                + named(probe.parentSchema(), probe.parent())
                + " detach partition "
                + named(probe.partitionSchema(), probe.partition())
                + " finalize";
    }

    private static String named(Optional<String> schema, String name) {
        return schema.map(s -> SqlText.qualified(s, name))
                .orElseGet(() -> SqlText.identifier(name));
    }
}
