package dev.skein.ops.source.knex;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One text that was sent to the server.
 *
 * @param connection on which it was sent, by number
 * @param sql with its values as literals; one or more statements
 * @param failed whether the server refused it
 * @param copies whether it exchanges rows with the client
 */
record KnexStatement(int connection, String sql, boolean failed, boolean copies) {
    static KnexStatement of(JsonNode json) {
        return new KnexStatement(
                json.path("connection").asInt(),
                json.path("sql").asText(),
                json.path("failed").asBoolean(),
                json.path("copies").asBoolean());
    }
}
