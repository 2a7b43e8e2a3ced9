package dev.skein.engine.postgres;

import dev.skein.protocol.event.Blocker;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sessions that hold what another waits for, as the server shows them; never what they run. */
final class Blockers {
    static final String SELECT =
            "select a.pid as pid, a.usename::text as usename, a.application_name as application,"
                    + " a.state as state, a.query_start as query_start"
                    + " from pg_catalog.pg_stat_activity a";

    private Blockers() {}

    /** Who keeps the session of that process waiting. */
    static String of(int pid) {
        return SELECT + " where a.pid = any (pg_catalog.pg_blocking_pids(" + pid + "))";
    }

    static List<Blocker> read(Iterable<Row> rows) {
        List<Blocker> blockers = new ArrayList<>();
        rows.forEach(row -> blockers.add(blocker(row)));
        return blockers;
    }

    private static Blocker blocker(Row row) {
        return new Blocker(
                row.getInteger("pid"),
                orUnknown(row.getString("usename")),
                orUnknown(row.getString("application")),
                orUnknown(row.getString("state")),
                Optional.ofNullable(row.getOffsetDateTime("query_start"))
                        .map(OffsetDateTime::toInstant));
    }

    /** Without the right to see other roles' sessions the server shows nothing of them. */
    private static String orUnknown(String value) {
        return value == null || value.isEmpty() ? "unknown" : value;
    }

    /** For messages: {@code pid 123 (psql, idle in transaction)}. */
    static String words(List<Blocker> blockers) {
        return blockers.stream()
                .map(b -> "pid " + b.pid() + " (" + b.application() + ", " + b.state() + ")")
                .collect(Collectors.joining(", "));
    }
}
