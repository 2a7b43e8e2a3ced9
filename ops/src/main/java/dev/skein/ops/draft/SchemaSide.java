package dev.skein.ops.draft;

import dev.skein.ops.schema.SchemaModel;
import dev.skein.ops.scratch.ScratchAddress;
import dev.skein.ops.scratch.ScratchDatabase;
import dev.skein.ops.scratch.ScratchServer;
import dev.skein.ops.scratch.ServerAnswer;
import dev.skein.ops.source.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Pattern;

/** One of two schemas that are compared: that of a database, or that of a script. */
public sealed interface SchemaSide {
    /**
     * Reads it.
     *
     * @param scratch where scripts are run
     * @throws DraftRefused if a script does not run
     * @throws dev.skein.ops.schema.SchemaFailure if the catalogue cannot be read
     */
    SchemaModel model(ScratchServer scratch);

    /** An existing database, which is only read. */
    record Existing(ScratchAddress address) implements SchemaSide {
        @Override
        public SchemaModel model(ScratchServer scratch) {
            try (ScratchServer server = ScratchServer.open(Optional.of(address))) {
                return SchemaModel.read(
                        address.uri().toString(), () -> server.connect(address.uri().database()));
            }
        }
    }

    /** A script that makes the schema in an empty database, such as what {@code pg_dump} writes. */
    record Script(Path file) implements SchemaSide {
        private static final Pattern PSQL_COMMANDS =
                Pattern.compile("(?m)^\\\\(?:restrict|unrestrict|connect)\\b.*$");

        /** A dump creates this schema, and every database already has it. */
        private static final Pattern CREATE_PUBLIC =
                Pattern.compile("(?mi)^create schema public;\\s*$");

        @Override
        public SchemaModel model(ScratchServer scratch) {
            String sql = PSQL_COMMANDS.matcher(text()).replaceAll("");
            sql = CREATE_PUBLIC.matcher(sql).replaceAll("");
            try (ScratchDatabase database = scratch.create()) {
                run(database, sql);
                return SchemaModel.read(file.toString(), database::connect);
            }
        }

        private void run(ScratchDatabase database, String sql) {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute(sql);
            } catch (SQLException refused) {
                throw new DraftRefused(
                        file
                                + " does not run in an empty database: "
                                + ServerAnswer.of(refused, sql)
                                + "; a dump of 'pg_dump --schema-only --no-owner --no-privileges'"
                                + " does");
            }
        }

        private String text() {
            try {
                return Files.readString(file);
            } catch (IOException unreadable) {
                throw new DraftRefused(file + " cannot be read: " + IoReason.of(unreadable));
            }
        }
    }
}
