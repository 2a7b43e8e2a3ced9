package dev.skein.ops.source.alembic;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One revision.
 *
 * @param id as the version table holds it
 * @param path its file
 * @param doc the first line of its docstring
 * @param parents the revisions that it follows, then those it depends on
 */
record RecordedRevision(
        String id,
        Path path,
        String doc,
        List<String> parents,
        RecordedScript up,
        RecordedScript down) {
    RecordedRevision {
        parents = List.copyOf(parents);
    }

    static RecordedRevision of(JsonNode json) {
        List<String> parents = new ArrayList<>();
        json.path("parents").forEach(each -> parents.add(each.asText()));
        return new RecordedRevision(
                json.path("id").asText(),
                Path.of(json.path("path").asText()),
                json.path("doc").asText(),
                parents,
                RecordedScript.of(json.path("up")),
                RecordedScript.of(json.path("down")));
    }
}
