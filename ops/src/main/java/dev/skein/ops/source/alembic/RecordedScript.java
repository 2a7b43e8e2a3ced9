package dev.skein.ops.source.alembic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one call of a revision's function did.
 *
 * @param statements in the order in which the server took them
 * @param path the search path at its beginning, where it was not the usual one
 * @param error why it ended early
 */
record RecordedScript(
        List<AlembicStatement> statements, Optional<String> path, Optional<String> error) {
    RecordedScript {
        statements = List.copyOf(statements);
    }

    static RecordedScript of(JsonNode json) {
        return new RecordedScript(
                statements(json.path("statements")),
                Optional.ofNullable(json.path("path").asText(null)),
                Optional.ofNullable(json.path("error").asText(null)));
    }

    static List<AlembicStatement> statements(JsonNode json) {
        List<AlembicStatement> all = new ArrayList<>();
        json.forEach(each -> all.add(AlembicStatement.of(each)));
        return all;
    }

    List<AlembicStatement> writes() {
        return statements.stream().filter(AlembicStatement::isWrite).toList();
    }
}
