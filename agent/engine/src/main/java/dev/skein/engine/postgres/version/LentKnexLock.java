package dev.skein.engine.postgres.version;

import dev.skein.engine.sql.SqlText;

/**
 * Tells the lock that a run of Knex by a runner took from that of anybody else's run.
 *
 * <p>While the row is lent, a trigger notes the transaction in which a session of the runner's, by
 * its {@code application_name}, sets it. Where the run dies, the row still has that number. Whose
 * sessions have another name are not noted, and their lock is left alone. The trigger is gone once
 * Skein holds the row again. It is left out where the agent's role does not own the table; a lock
 * that a dead run left is then one for a person.
 */
final class LentKnexLock {
    private static final String NOTES = "skein.framework_lock";
    private static final String TRIGGER = "skein_note_lock";
    private static final String FUNCTION = "skein.note_framework_lock()";

    private final String table;
    private final String run;
    private final String note;

    /**
     * @param table the lock's, quoted
     * @param applicationName of the sessions of runs in this target
     */
    LentKnexLock(String table, String applicationName) {
        this.table = table;
        this.run = SqlText.literal(applicationName).strip();
        this.note = SqlText.literal(table + " by a run").strip();
    }

    /** Names the row of the notes, as a literal. */
    String note() {
        return note;
    }

    /** Whether the row, by its last writer, was left by a run that is gone. */
    String left(String lastWriter) {
        return "(exists (select from "
                + NOTES
                + " n where n.lock_table = "
                + note
                + " and n.written_by = "
                + lastWriter
                + ") and not exists (select from pg_catalog.pg_stat_activity a where "
                + ofRun()
                + "))";
    }

    /** Condition on a session {@code a}: it belongs to a run in this target. */
    String ofRun() {
        return "a.application_name = "
                + run
                + " and a.datname = pg_catalog.current_database() and a.pid <>"
                + " pg_catalog.pg_backend_pid()";
    }

    /** Statements that begin to note who takes the row; to be run before it is given up. */
    String watch() {
        String function =
                "if to_regprocedure("
                        + SqlText.literal(FUNCTION)
                        + ") is null then create function "
                        + FUNCTION
                        + " returns trigger language plpgsql security definer set search_path ="
                        + " pg_catalog, pg_temp as $note$ begin if"
                        + " current_setting('application_name') = tg_argv[0] then insert into "
                        + NOTES
                        + " (lock_table, written_by) values (tg_argv[1],"
                        + " pg_current_xact_id()::xid::text) on conflict (lock_table) do update"
                        + " set written_by = excluded.written_by; end if; return null; end $note$;"
                        + " revoke all on function "
                        + FUNCTION
                        + " from public; end if;";
        String trigger =
                "if "
                        + isOwned()
                        + " and not "
                        + isWatched()
                        + " then lock table "
                        + table
                        + " in share row exclusive mode nowait; create trigger "
                        + TRIGGER
                        + " after update on "
                        + table
                        + " for each row when (new.\"is_locked\" <> 0) execute function"
                        + " skein.note_framework_lock("
                        + run
                        + ", "
                        + note
                        + "); end if;";
        return tried(function, "unique_violation or duplicate_function")
                + tried(trigger, "lock_not_available or insufficient_privilege");
    }

    /**
     * Statements that end it once this transaction has taken the row.
     *
     * @param taken whether it has
     */
    String unwatch(String taken) {
        return tried(
                "if "
                        + isWatched()
                        + " and "
                        + taken
                        + " then lock table "
                        + table
                        + " in access exclusive mode nowait; drop trigger "
                        + TRIGGER
                        + " on "
                        + table
                        + "; end if;",
                "lock_not_available or insufficient_privilege");
    }

    private String isOwned() {
        return "exists (select from pg_class c where c.oid = "
                + oid()
                + " and pg_has_role(c.relowner, 'usage'))";
    }

    private String isWatched() {
        return "exists (select from pg_trigger t where t.tgrelid = "
                + oid()
                + " and t.tgname = '"
                + TRIGGER
                + "')";
    }

    private String oid() {
        return SqlText.literal(table).strip() + "::regclass";
    }

    /** What nobody waits for: the next execution tries again. */
    private static String tried(String statements, String failures) {
        return "do "
                + SqlText.literal(
                        "begin " + statements + " exception when " + failures + " then null; end")
                + ";";
    }
}
