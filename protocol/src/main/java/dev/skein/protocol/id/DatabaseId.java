package dev.skein.protocol.id;

import dev.skein.protocol.text.ControlCharacters;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;

/**
 * One migration target: a database of a server, or one schema of it where tenants are schemas.
 *
 * <p>Written {@code server/database} or {@code server/database/schema}; this text is the key of the
 * target's records in the log. Ordered by server, database, schema; a whole database comes before
 * its schemas.
 */
public record DatabaseId(String server, String database, Optional<String> schema)
        implements Comparable<DatabaseId> {
    private static final int NAME_BYTES_MAX = 63;
    private static final Comparator<DatabaseId> ORDER =
            Comparator.comparing(DatabaseId::server)
                    .thenComparing(DatabaseId::database)
                    .thenComparing(id -> id.schema().orElse(""));

    /**
     * @throws IllegalArgumentException if the server is not a name, or database or schema is empty,
     *     contains '/' or a control character, or is longer than PostgreSQL's 63 bytes
     */
    public DatabaseId {
        NameRule.require("server", server);
        requireIdentifier("database", database);
        schema.ifPresent(name -> requireIdentifier("schema", name));
    }

    /** A whole database as target. */
    public static DatabaseId of(String server, String database) {
        return new DatabaseId(server, database, Optional.empty());
    }

    /** One schema of a database as target. */
    public static DatabaseId of(String server, String database, String schema) {
        return new DatabaseId(server, database, Optional.of(schema));
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is not {@code server/database[/schema]}
     */
    public static DatabaseId parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length == 2) {
            return of(parts[0], parts[1]);
        }
        if (parts.length == 3) {
            return of(parts[0], parts[1], parts[2]);
        }
        throw new IllegalArgumentException(
                "database '"
                        + ControlCharacters.shown(text)
                        + "' is not of the form server/database or"
                        + " server/database/schema");
    }

    private static void requireIdentifier(String what, String value) {
        boolean plain = value != null && value.chars().allMatch(c -> c >= ' ' && c != '/');
        if (!plain || value.isEmpty() || utf8Length(value) > NAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    what
                            + " '"
                            + ControlCharacters.shown(String.valueOf(value))
                            + "' cannot be a target: 1 to "
                            + NAME_BYTES_MAX
                            + " bytes without '/' and control characters");
        }
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public int compareTo(DatabaseId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return server + "/" + database + schema.map(name -> "/" + name).orElse("");
    }
}
