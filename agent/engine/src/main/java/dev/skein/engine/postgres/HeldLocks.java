package dev.skein.engine.postgres;

import dev.skein.engine.postgres.ledger.Target;
import dev.skein.engine.postgres.version.VersionTable;
import dev.skein.engine.sql.SqlText;
import dev.skein.protocol.id.DatabaseId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The session's advisory locks, which a script can release: {@code pg_advisory_unlock_all()} and
 * {@code discard all} release every one.
 *
 * <p>Each is held twice, as PostgreSQL counts (section 13.3.5). After a script one of the two is
 * released and taken again: where there was none to release, the script has released both, and both
 * are taken anew before anything else happens. Where somebody else has taken the lock meanwhile,
 * the step fails; in its transaction nothing has happened then.
 */
record HeldLocks(List<Long> keys) {
    /** SQLSTATE of a lock that a script released and somebody else took. */
    static final String LOST = "SK011";

    /** SQLSTATE of the notice that a script released the locks. */
    static final String RELEASED = "SK012";

    HeldLocks {
        keys = List.copyOf(keys);
    }

    static HeldLocks of(DatabaseId database, VersionTable table) {
        return new HeldLocks(
                LongStream.concat(LongStream.of(Target.lockKey(database)), table.lockKey().stream())
                        .boxed()
                        .toList());
    }

    /** A statement after which the session holds the locks, on Skein's own search path. */
    String held() {
        return "do "
                + SqlText.literal(
                        "begin "
                                + keys.stream().map(HeldLocks::held).collect(Collectors.joining())
                                + "end")
                + ";";
    }

    private static String held(long key) {
        String taken = "pg_catalog.pg_try_advisory_lock(" + key + ")";
        return "if not pg_catalog.pg_advisory_unlock("
                + key
                + ") then if not "
                + taken
                + " then raise exception using errcode = '"
                + LOST
                + "', message = 'the script released the lock of this execution, and somebody else"
                + " took it'; end if; raise warning using errcode = '"
                + RELEASED
                + "', message = 'the script released the lock of this execution'; end if; perform "
                + taken
                + "; ";
    }
}
