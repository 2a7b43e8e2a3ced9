package dev.skein.engine.postgres;

import dev.skein.engine.execution.Reply;
import dev.skein.engine.sql.SqlText;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.strategy.StepLimits;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings that a connection asks for when it begins, and whether they are in force. Immutable.
 *
 * <p>A server takes each of them or refuses the connection. A pooler in between may swallow them,
 * and gives each transaction whichever of its own sessions is free: limits would not hold, and a
 * lock taken in one statement would stay in a session that somebody else gets. So they are read
 * back, by two statements that must come from one process of the server.
 */
final class SessionSettings {
    /** Longer than any pause that an execution makes within a transaction, which is none. */
    private static final Duration IDLE_IN_TRANSACTION_TIMEOUT = Duration.ofMinutes(1);

    /** A server notices within a minute that the agent's host is gone, and releases its locks. */
    private static final int KEEPALIVE_IDLE_SECONDS = 30;

    private static final int KEEPALIVE_INTERVAL_SECONDS = 10;
    private static final int KEEPALIVE_COUNT = 3;

    private static final String KEEPALIVES = "tcp_keepalives_";

    /**
     * What {@link WriteFence} looks at. It is not asked for when the connection begins, or the
     * session would not see what the database's operators have set.
     */
    static final String READ_ONLY = "default_transaction_read_only";

    /**
     * Transactions are read-only unless they say otherwise, so that a script whose pipelined {@code
     * begin} failed is refused. A pooler would give the setting to others, so it is sent only where
     * the server itself has answered.
     */
    static final String READ_ONLY_FROM_HERE = " set " + READ_ONLY + " = on;";

    /**
     * The server's process that answers, its role, whether that may do everything, and whether the
     * server is a standby.
     */
    static final String PROCESS =
            "select pg_catalog.pg_backend_pid() as pid, (select r.rolsuper from"
                    + " pg_catalog.pg_roles r where r.rolname operator(pg_catalog.=) current_user)"
                    + " as superuser, pg_catalog.pg_is_in_recovery() as standby,"
                    + " session_user::pg_catalog.text as role";

    private final SortedMap<String, String> asked;

    private SessionSettings(SortedMap<String, String> asked) {
        this.asked = Collections.unmodifiableSortedMap(asked);
    }

    /** For steps in that database, under those limits. */
    static SessionSettings of(DatabaseId database, StepLimits limits) {
        SortedMap<String, String> asked = new TreeMap<>();
        asked.put("lock_timeout", millis(limits.lockTimeout()));
        asked.put(
                "statement_timeout",
                limits.statementTimeout().map(SessionSettings::millis).orElse("0"));
        asked.put("idle_in_transaction_session_timeout", millis(IDLE_IN_TRANSACTION_TIMEOUT));
        asked.put(KEEPALIVES + "idle", Integer.toString(KEEPALIVE_IDLE_SECONDS));
        asked.put(KEEPALIVES + "interval", Integer.toString(KEEPALIVE_INTERVAL_SECONDS));
        asked.put(KEEPALIVES + "count", Integer.toString(KEEPALIVE_COUNT));
        database.schema()
                .ifPresent(
                        schema ->
                                asked.put("search_path", SqlText.identifier(schema) + ", public"));
        return new SessionSettings(asked);
    }

    private static String millis(Duration duration) {
        return Long.toString(Math.max(1, duration.toMillis()));
    }

    /** As startup parameters, so that {@code reset all} between steps returns to them. */
    Map<String, String> asked() {
        return asked;
    }

    /** Those of which the server can be asked; keepalives are its socket's. */
    private List<String> readable() {
        return asked.keySet().stream().filter(name -> !name.startsWith(KEEPALIVES)).toList();
    }

    /**
     * Selects {@code name}, {@code value} and {@code pid}, and where the value comes from; of
     * {@link #READ_ONLY} too.
     */
    String readBack() {
        return "select s.name::pg_catalog.text as name, s.reset_val as value,"
                + " s.source::pg_catalog.text as source, s.sourcefile::pg_catalog.text as file,"
                + " s.sourceline as line,"
                + " pg_catalog.pg_backend_pid() as pid from pg_catalog.pg_settings s"
                + " where s.name operator(pg_catalog.=) any ("
                + SqlText.literal("{" + READ_ONLY + "," + String.join(",", readable()) + "}")
                + "::pg_catalog.text[])";
    }

    /** The failure if a pooler answered; empty where it was the server. */
    Optional<SqlFailure> judge(Iterable<Row> readBack, Row process) {
        SortedMap<String, String> found = new TreeMap<>();
        List<Integer> processes = new ArrayList<>();
        for (Row row : readBack) {
            found.put(row.getString("name"), row.getString("value"));
            processes.add(row.getInteger("pid"));
        }
        return judge(found, processes.get(0), process.getInteger("pid"));
    }

    Optional<SqlFailure> judge(Map<String, String> found, int first, int second) {
        List<String> ignored =
                readable().stream()
                        .filter(name -> !asked.get(name).equals(found.get(name)))
                        .map(name -> describe(name, found.get(name)))
                        .toList();
        if (!ignored.isEmpty()) {
            return Optional.of(
                    pooler(
                            "settings that the connection asked for are not in force: "
                                    + String.join(", ", ignored)));
        }
        return first == second
                ? Optional.empty()
                : Optional.of(
                        pooler(
                                "two statements of one connection were answered by two processes"
                                        + " of the server, %d and %d".formatted(first, second)));
    }

    private String describe(String name, String found) {
        return "%s is %s instead of %s".formatted(name, found, asked.get(name));
    }

    /** What is said of a server that is reached through a connection pooler. */
    static SqlFailure pooler(String sign) {
        return new SqlFailure(
                "pooler",
                Optional.empty(),
                "a connection pooler seems to answer in place of the server: "
                        + sign
                        + "; limits and locks would not hold through it. Connect past the pooler:"
                        + " give the server's own host and port in the agent's 'uri'",
                false,
                Reply.Failed.Nature.REFUSED);
    }
}
