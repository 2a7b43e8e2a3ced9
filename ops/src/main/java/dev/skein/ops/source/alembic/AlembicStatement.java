package dev.skein.ops.source.alembic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.source.SqlExcerpt;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A statement that the server accepted.
 *
 * @param sql with its values in it
 * @param line of the script, where it is known
 * @param transaction names the connection and which of its transactions it was
 * @param autocommit whether the driver had no transaction open around it
 * @param kind what it is to the plan
 * @param uses the statement that gave out a key which this one holds
 */
record AlembicStatement(
        String sql,
        OptionalInt line,
        String transaction,
        boolean autocommit,
        Kind kind,
        Optional<String> uses) {
    enum Kind {
        /** Changes something, as far as is known. */
        WRITE,
        /** SQLAlchemy asks whether something is there before it creates or drops it. */
        CHECK,
        /** The script asks for the schema or the server. */
        CATALOGUE,
        /** The script asks for what it has itself written, which is the same everywhere. */
        OWN,
        /** The script asks for rows of tables that it has not made itself. */
        ROWS
    }

    static AlembicStatement of(JsonNode json) {
        JsonNode line = json.path("line");
        return new AlembicStatement(
                json.path("sql").asText(),
                line.isInt() ? OptionalInt.of(line.asInt()) : OptionalInt.empty(),
                json.path("transaction").asText(),
                json.path("autocommit").asBoolean(),
                kind(json.path("kind").asText()),
                Optional.ofNullable(json.path("uses").asText(null)));
    }

    private static Kind kind(String label) {
        return switch (label) {
            case "check" -> Kind.CHECK;
            case "catalogue" -> Kind.CATALOGUE;
            case "own" -> Kind.OWN;
            case "rows" -> Kind.ROWS;
            default -> Kind.WRITE;
        };
    }

    boolean isWrite() {
        return kind == Kind.WRITE;
    }

    /** Where it came from and what it is, for a person. */
    String shown() {
        String place = line.isPresent() ? "line " + line.getAsInt() + ", " : "";
        return place + SqlExcerpt.of(sql);
    }
}
