package dev.skein.engine.postgres;

import dev.skein.engine.execution.Reply;
import dev.skein.engine.sql.SqlText;
import dev.skein.protocol.id.DatabaseId;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.List;
import java.util.Optional;

/**
 * Refuses a database that its operators keep from being written: a standby, or one in which a
 * session that asks for nothing is read-only.
 *
 * <p>An execution's own session asks for {@code default_transaction_read_only} itself, so that it
 * cannot see who else did. It is asked on a connection that asks for no settings, which is closed
 * before the execution's is opened.
 */
final class WriteFence {
    private static final String SETTING = "default_transaction_read_only";

    private static final String QUERY =
            "set search_path = pg_catalog, pg_temp; select pg_is_in_recovery() as standby,"
                    + " s.setting = 'on' as fenced, s.source::text as source,"
                    + " s.sourcefile::text as file, s.sourceline as line,"
                    + " session_user::text as role from pg_settings s where s.name = '"
                    + SETTING
                    + "'";

    private WriteFence() {}

    /** Fails with {@link RefusedException}, or with what the client says. */
    static Future<Void> check(
            Connections connections, DatabaseId database, String applicationName) {
        return connections
                .openPlain(database, applicationName)
                .compose(opened -> asked(opened).eventually(() -> closed(opened)))
                .map(row -> refusal(database, row))
                .compose(
                        refusal ->
                                refusal.isPresent()
                                        ? Future.failedFuture(
                                                new RefusedException(
                                                        refusal.get().reply(List.of())))
                                        : Future.succeededFuture());
    }

    private static Future<Row> asked(PgConnection opened) {
        return opened.query(QUERY).execute().map(WriteFence::last);
    }

    /** The answer to the last statement. */
    private static Row last(RowSet<Row> first) {
        return new QueryAnswer(first).rows("standby").get(0);
    }

    private static Future<Void> closed(PgConnection opened) {
        return opened.close().otherwiseEmpty();
    }

    private static Optional<SqlFailure> refusal(DatabaseId database, Row row) {
        if (row.getBoolean("standby")) {
            return Optional.of(
                    refused(
                            "standby",
                            "server %s is a standby, which can only be read; give its primary in"
                                            .formatted(database.server())
                                    + " the agent's 'uri'"));
        }
        return row.getBoolean("fenced")
                ? Optional.of(refused("read-only", fence(database, row)))
                : Optional.empty();
    }

    private static String fence(DatabaseId database, Row row) {
        String name = SqlText.identifier(database.database());
        String role = SqlText.identifier(row.getString("role"));
        return "%s is set to be read-only, by %s; nothing was run. Lift that, or, to let the agent"
                        .formatted(database, origin(row, name, role))
                + " alone write, 'alter role %s in database %s set %s = off', in a transaction that"
                        .formatted(role, name, SETTING)
                + " is begun with 'begin read write'";
    }

    private static String origin(Row row, String database, String role) {
        String source = row.getString("source");
        return switch (source) {
            case "database" -> set("alter database " + database);
            case "user" -> set("alter role " + role);
            case "database user" -> set("alter role " + role + " in database " + database);
            case "global" -> set("alter role all");
            case "configuration file" -> file(row);
            default -> SETTING + " = on of the " + source;
        };
    }

    private static String set(String subject) {
        return "'%s set %s = on'".formatted(subject, SETTING);
    }

    /** Which file it is, a role without rights on the configuration is not told. */
    private static String file(Row row) {
        String file = row.getString("file");
        if (file == null) {
            return SETTING + " = on in the server's configuration ('alter system' or a file)";
        }
        return file.endsWith("postgresql.auto.conf")
                ? set("alter system")
                : "%s = on in %s, line %d".formatted(SETTING, file, row.getInteger("line"));
    }

    private static SqlFailure refused(String code, String message) {
        return new SqlFailure(code, Optional.empty(), message, false, Reply.Failed.Nature.REFUSED);
    }
}
