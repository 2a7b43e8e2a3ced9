package dev.skein.ops.source.knex;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What is known of a migration once its file is loaded.
 *
 * @param whole whether Knex applies it and writes its row in one transaction
 * @param files its own, the knexfile and what they import, relative to the project; empty where its
 *     file lies outside, or there is none
 */
record LoadedMigration(boolean whole, List<String> files) {
    static final LoadedMigration UNKNOWN = new LoadedMigration(false, List.of());

    LoadedMigration {
        files = List.copyOf(files);
    }

    static LoadedMigration of(JsonNode json) {
        return new LoadedMigration(
                json.path("whole").asBoolean(), RecordedRun.texts(json.path("files")));
    }
}
