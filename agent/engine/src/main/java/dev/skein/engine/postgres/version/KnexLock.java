package dev.skein.engine.postgres.version;

import dev.skein.engine.sql.RowCountCheck;
import dev.skein.engine.sql.SqlText;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The row that Knex sets to 1 while it runs. A crash leaves it at 1, and the row does not say who
 * set it.
 *
 * <p>Skein records in the same transaction which transaction last wrote the row. A row left by an
 * execution that died still has that number while nobody holds the advisory lock: the next
 * execution takes it over. A row written by anybody else has another number and is left alone. So
 * does one that a run by a runner left behind; see {@link LentKnexLock}.
 */
final class KnexLock {
    /** "Knex" in ASCII, above 32 bits that tell the tables of one database apart. */
    private static final long LOCK_BASE = 0x4B6E6578L << 32;

    private static final String NOTES = "skein.framework_lock";
    private static final String LAST_WRITER = "l.xmin::text";
    private static final String THIS_WRITER = "pg_catalog.pg_current_xact_id()::xid::text";

    private final String schema;
    private final String name;
    private final String table;
    private final String tableLiteral;
    private final LentKnexLock lent;

    /**
     * @param runs name of the sessions of runs in this target
     */
    KnexLock(String schema, String migrations, String runs) {
        this.schema = schema;
        this.name = migrations + "_lock";
        this.table = SqlText.qualified(schema, name);
        this.tableLiteral = SqlText.literal(table);
        this.lent = new LentKnexLock(table, runs);
    }

    String name() {
        return name;
    }

    long key() {
        CRC32 crc = new CRC32();
        crc.update(table.getBytes(StandardCharsets.UTF_8));
        return LOCK_BASE | crc.getValue();
    }

    /** Statements that create both tables where they are absent, and Knex's only row. */
    String creation() {
        return CreateIfAbsent.ofTable(
                        schema,
                        name,
                        "create table "
                                + table
                                + " (\"index\" serial primary key, \"is_locked\" integer);")
                + CreateIfAbsent.ofTable(
                        "skein",
                        "framework_lock",
                        "create table "
                                + NOTES
                                + " (lock_table text primary key, written_by text not null);")
                + "insert into "
                + table
                + " (\"is_locked\") select 0 where not exists (select from "
                + table
                + ");"
                + RowCountCheck.in(table).some("insert", "the lock's row", "true");
    }

    MigrationLock row() {
        return new MigrationLock(
                table,
                take(),
                state(),
                release(),
                lent.watch() + release(),
                mend(),
                holders(),
                "knex migrate:unlock");
    }

    /** By the row's physical position, because tables of old versions of Knex have no key. */
    private String take() {
        return "with free as (select l.ctid as place from "
                + table
                + " l where l.\"is_locked\" = 0 or "
                + ours()
                + " or "
                + lent.left(LAST_WRITER)
                + " for update of l skip locked), mine as (update "
                + table
                + " l set \"is_locked\" = 1 from free where l.ctid = free.place"
                + " returning 1), noted as (insert into "
                + NOTES
                + " (lock_table, written_by) select "
                + tableLiteral
                + ", "
                + THIS_WRITER
                + " where exists (select from mine)"
                + " on conflict (lock_table) do update set written_by = excluded.written_by)"
                + " select exists (select from mine) as taken;"
                + noted()
                + lent.unwatch(taken());
    }

    private String taken() {
        return "exists (select from "
                + table
                + " l where l.\"is_locked\" = 1 and l.xmin::text = "
                + THIS_WRITER
                + ")";
    }

    /** Records that this transaction has taken the row. */
    private String noted() {
        String note = "n.lock_table = " + tableLiteral + " and n.written_by = " + THIS_WRITER;
        return RowCountCheck.in(NOTES)
                .among(
                        "select 1 where not "
                                + taken()
                                + " union all select 1 from "
                                + NOTES
                                + " n where "
                                + note)
                .exactly(1, "insert", "the note of who holds the lock", "true");
    }

    private String state() {
        return "select exists (select from " + table + " where \"is_locked\" <> 0) as locked;";
    }

    private String ours() {
        return "exists (select from "
                + NOTES
                + " n where n.lock_table = "
                + tableLiteral
                + " and n.written_by = "
                + LAST_WRITER
                + ")";
    }

    private String release() {
        return "with given as (update "
                + table
                + " l set \"is_locked\" = 0 where "
                + ours()
                + " returning 1) delete from "
                + NOTES
                + " where lock_table in ("
                + tableLiteral
                + ", "
                + lent.note()
                + ") and exists (select from given);";
    }

    /** Unlocks as {@code knex migrate:unlock} does. */
    private String mend() {
        String locked = "\"is_locked\" <> 0";
        return "update "
                + table
                + " set \"is_locked\" = 0 where "
                + locked
                + ";"
                + RowCountCheck.in(table).none("update", "the lock's row", locked);
    }

    /**
     * Holds for Knex's own transaction, where its whole run is one transaction, and for sessions of
     * a run by a runner.
     */
    private String holders() {
        return "("
                + lent.ofRun()
                + ") or a.pid in (select k.pid from pg_catalog.pg_locks k where k.locktype ="
                + " 'relation' and k.granted and k.mode = 'RowExclusiveLock' and k.database ="
                + " (select d.oid from pg_catalog.pg_database d where d.datname ="
                + " pg_catalog.current_database()) and k.relation = "
                + SqlText.literal(table)
                + "::regclass and k.pid <> pg_catalog.pg_backend_pid())";
    }

    /**
     * Fails unless the row is as this execution wrote it, and keeps it so to the transaction's end.
     */
    String guard() {
        return CreateIfAbsent.require(
                "exists (select from "
                        + table
                        + " l where l.\"is_locked\" = 1 and "
                        + ours()
                        + " for share of l)",
                "the lock in "
                        + table
                        + " is no longer this execution's: somebody else unlocked it");
    }
}
