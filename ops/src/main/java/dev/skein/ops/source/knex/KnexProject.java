package dev.skein.ops.source.knex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.plan.VersionTableName;
import java.util.List;
import java.util.Optional;

/**
 * What a recorder has found out about the project before it ran a migration.
 *
 * @param home where Knex is called
 * @param knexfile absent for a directory of migrations without one
 * @param table where Knex keeps its books
 * @param files the migrations in Knex's order
 * @param leftOut those that were left out on purpose
 * @param settings of the knexfile that would have an effect and have none here
 * @param connectionOptions what its connection would tell the server; empty where nothing
 */
record KnexProject(
        String home,
        Optional<String> knexfile,
        VersionTableName table,
        List<File> files,
        List<String> leftOut,
        List<String> settings,
        String connectionOptions) {
    KnexProject {
        files = List.copyOf(files);
        leftOut = List.copyOf(leftOut);
        settings = List.copyOf(settings);
    }

    /**
     * One migration.
     *
     * @param name Knex's identity for it
     * @param path its file; absent where a migration source of the project's own makes it
     */
    record File(String name, Optional<String> path) {}

    static KnexProject of(JsonNode json) {
        JsonNode table = json.path("table");
        return new KnexProject(
                json.path("home").asText(),
                Optional.ofNullable(json.path("knexfile").textValue()),
                new VersionTableName(
                        Optional.ofNullable(table.path("schema").textValue()),
                        table.path("name").asText()),
                RecordedRun.elements(json.path("migrations"))
                        .map(
                                each ->
                                        new File(
                                                each.path("name").asText(),
                                                Optional.ofNullable(each.path("file").textValue())))
                        .toList(),
                RecordedRun.elements(json.path("leftOut")).map(JsonNode::asText).toList(),
                RecordedRun.elements(json.path("settings")).map(JsonNode::asText).toList(),
                json.path("connectionOptions").asText());
    }
}
