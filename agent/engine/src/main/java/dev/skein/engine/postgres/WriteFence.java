package dev.skein.engine.postgres;

import dev.skein.engine.execution.Reply;
import dev.skein.engine.sql.SqlText;
import dev.skein.protocol.id.DatabaseId;
import io.vertx.sqlclient.Row;
import java.util.Optional;

/**
 * Refuses a database that its operators keep from being written: a standby, or one in which a
 * session that asks for nothing is read-only.
 */
final class WriteFence {
    private static final String SETTING = SessionSettings.READ_ONLY;

    private WriteFence() {}

    /**
     * Why the database may not be written; empty if it may.
     *
     * @param readBack the rows of {@link SessionSettings#readBack}
     * @param process the row of {@link SessionSettings#PROCESS}
     */
    static Optional<SqlFailure> refusal(DatabaseId database, Iterable<Row> readBack, Row process) {
        if (process.getBoolean("standby")) {
            return Optional.of(
                    refused(
                            "standby",
                            "server %s is a standby, which can only be read; give its primary in"
                                            .formatted(database.server())
                                    + " the agent's 'uri'"));
        }
        for (Row row : readBack) {
            if (row.getString("name").equals(SETTING) && row.getString("value").equals("on")) {
                String role = process.getString("role");
                return Optional.of(refused("read-only", fence(database, row, role)));
            }
        }
        return Optional.empty();
    }

    private static String fence(DatabaseId database, Row row, String name) {
        String role = SqlText.identifier(name);
        return "%s is set to be read-only, by %s; nothing was run. Lift that, or, to let the agent"
                        .formatted(
                                database,
                                origin(row, SqlText.identifier(database.database()), role))
                + " alone write, 'alter role %s in database %s set %s = off', in a transaction that"
                        .formatted(role, SqlText.identifier(database.database()), SETTING)
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
