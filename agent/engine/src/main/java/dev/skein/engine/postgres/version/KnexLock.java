package dev.skein.engine.postgres.version;

import dev.skein.engine.sql.SqlText;
import dev.skein.engine.sql.Written;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The row that Knex sets to 1 while it is at work. A crash leaves it so, and it does not tell whose
 * it is.
 *
 * <p>Skein notes beside it, in the same transaction, which transaction last wrote it. A row that
 * was left by a walk that died has that number still, and nobody holds the books' advisory lock:
 * the next walk takes it over. A row written by anybody else has another number, and stays.
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
    private final String book;

    KnexLock(String schema, String migrations) {
        this.schema = schema;
        this.name = migrations + "_lock";
        this.table = SqlText.qualified(schema, name);
        this.book = SqlText.literal(table);
    }

    long key() {
        CRC32 crc = new CRC32();
        crc.update(table.getBytes(StandardCharsets.UTF_8));
        return LOCK_BASE | crc.getValue();
    }

    /** Statements that create both tables where they are absent, and Knex's only row. */
    String creation() {
        return Creation.ofTable(
                        schema,
                        name,
                        "create table "
                                + table
                                + " (\"index\" serial primary key, \"is_locked\" integer);")
                + Creation.ofTable(
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
                + Written.in(table).some("insert", "the lock's row", "true");
    }

    LockRow row() {
        return new LockRow(
                table, take(), state(), release(), mend(), holders(), "knex migrate:unlock");
    }

    /** By the row's place, because tables of old versions of Knex have no key. */
    private String take() {
        return "with free as (select l.ctid as place from "
                + table
                + " l where l.\"is_locked\" = 0 or "
                + ours()
                + " for update of l skip locked), mine as (update "
                + table
                + " l set \"is_locked\" = 1 from free where l.ctid = free.place"
                + " returning 1), noted as (insert into "
                + NOTES
                + " (lock_table, written_by) select "
                + book
                + ", "
                + THIS_WRITER
                + " where exists (select from mine)"
                + " on conflict (lock_table) do update set written_by = excluded.written_by)"
                + " select exists (select from mine) as taken;"
                + noted();
    }

    /** Where this transaction has taken the row, the note says so. */
    private String noted() {
        String taken =
                "exists (select from "
                        + table
                        + " l where l.\"is_locked\" = 1 and l.xmin::text = "
                        + THIS_WRITER
                        + ")";
        String note = "n.lock_table = " + book + " and n.written_by = " + THIS_WRITER;
        return Written.in(NOTES)
                .among(
                        "select 1 where not "
                                + taken
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
                + book
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
                + " where lock_table = "
                + book
                + " and exists (select from given);";
    }

    /** As {@code knex migrate:unlock}. */
    private String mend() {
        String locked = "\"is_locked\" <> 0";
        return "update "
                + table
                + " set \"is_locked\" = 0 where "
                + locked
                + ";"
                + Written.in(table).none("update", "the lock's row", locked);
    }

    /** Knex's own transaction, where one holds its whole run. */
    private String holders() {
        return "a.pid in (select k.pid from pg_catalog.pg_locks k where k.locktype = 'relation' and"
                + " k.granted and k.mode = 'RowExclusiveLock' and k.database = (select d.oid from"
                + " pg_catalog.pg_database d where d.datname = pg_catalog.current_database()) and"
                + " k.relation = "
                + SqlText.literal(table)
                + "::regclass and k.pid <> pg_catalog.pg_backend_pid())";
    }

    /** Fails unless the row is as this walk wrote it, and keeps it so to the transaction's end. */
    String guard() {
        return Creation.demand(
                "exists (select from "
                        + table
                        + " l where l.\"is_locked\" = 1 and "
                        + ours()
                        + " for share of l)",
                "the lock in " + table + " is no longer this walk's: somebody else unlocked it");
    }
}
