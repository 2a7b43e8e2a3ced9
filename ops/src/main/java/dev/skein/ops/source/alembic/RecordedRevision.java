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
 * @param run what Alembic itself would run
 */
record RecordedRevision(
        String id,
        Path path,
        String doc,
        List<String> parents,
        RecordedScript up,
        RecordedScript down,
        Invocation run) {
    /**
     * A run of the one revision by Alembic.
     *
     * @param before the target of the command that takes it back alone
     * @param transactional whether env.py leaves it its transaction
     * @param files its own and what it imports from the project, relative to where Alembic is
     *     called
     */
    record Invocation(String before, boolean transactional, List<String> files) {
        Invocation {
            files = List.copyOf(files);
        }

        static Invocation of(JsonNode json) {
            List<String> files = new ArrayList<>();
            json.path("files").forEach(each -> files.add(each.asText()));
            return new Invocation(
                    json.path("before").asText(), json.path("transactional").asBoolean(), files);
        }
    }

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
                RecordedScript.of(json.path("down")),
                Invocation.of(json));
    }
}
