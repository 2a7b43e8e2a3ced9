package dev.skein.ops.source.knex;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One call of a migration's function.
 *
 * @param name the migration's
 * @param trial how the answers were untrue; absent for a run with true ones
 * @param statements all that was sent but questions without consequences
 * @param session what was sent to prepare the connection, before any migration
 * @param rows questions about the rows of tables
 * @param catalogue how many questions were about the catalogue alone
 * @param answered whether rows or counts of rows came back that could matter
 * @param variables names of the environment variables that the project's code has read
 * @param error why it failed
 */
record RecordedRun(
        String name,
        MigrationFunction direction,
        Optional<String> trial,
        List<KnexStatement> statements,
        List<String> session,
        List<String> rows,
        int catalogue,
        boolean answered,
        List<String> variables,
        Optional<RecordedError> error) {
    RecordedRun {
        statements = List.copyOf(statements);
        session = List.copyOf(session);
        rows = List.copyOf(rows);
        variables = List.copyOf(variables);
    }

    static RecordedRun of(JsonNode json) {
        return new RecordedRun(
                json.path("name").asText(),
                json.path("direction").asText().equals(MigrationFunction.UP.label())
                        ? MigrationFunction.UP
                        : MigrationFunction.DOWN,
                Optional.ofNullable(json.path("trial").textValue()),
                elements(json.path("statements")).map(KnexStatement::of).toList(),
                texts(json.path("session")),
                texts(json.path("rows")),
                json.path("catalogue").asInt(),
                json.path("answered").asBoolean(),
                texts(json.path("variables")),
                json.path("error").isObject()
                        ? Optional.of(RecordedError.of(json.path("error")))
                        : Optional.empty());
    }

    static List<String> texts(JsonNode array) {
        return elements(array).map(JsonNode::asText).toList();
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
