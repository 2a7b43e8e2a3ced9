package dev.skein.ops.source.alembic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.protocol.plan.VersionTableName;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was recorded in one run over all revisions. Several recorders take part if a downgrade left
 * the database unusable: each continues after the last revision of the one before.
 *
 * <p>Threads: one.
 */
final class AlembicRecording {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<RecordedRevision> revisions = new ArrayList<>();
    private final List<AlembicStatement> before = new ArrayList<>();
    private final List<AlembicStatement> after = new ArrayList<>();
    private final Map<String, OfflineSql> offline = new TreeMap<>();
    private final Set<String> remarks = new LinkedHashSet<>();
    private Optional<RecorderError> trouble = Optional.empty();
    private Optional<VersionTableName> table = Optional.empty();
    private boolean tableHasKey = true;
    private OptionalInt next = OptionalInt.empty();
    private int total;

    /** Takes one line of a recorder's output. */
    void take(String line) {
        JsonNode json = parsed(line);
        switch (json.path("type").asText()) {
            case "start" -> {
                next = OptionalInt.empty();
                total = json.path("total").asInt();
            }
            case "environment" -> environment(json);
            case "remark" -> remarks.add(remark(json));
            case "revision" -> revisions.add(RecordedRevision.of(json));
            case "offline" -> offline(json);
            case "problem" -> trouble = Optional.of(RecorderError.of(json));
            case "restart" -> next = OptionalInt.of(json.path("next").asInt());
            case "end" -> {
                table = Optional.of(table(json.path("table")));
                tableHasKey = json.path("table").path("key").asBoolean(true);
            }
            default -> throw new IllegalStateException("a recorder wrote " + line);
        }
    }

    private static String remark(JsonNode json) {
        return json.path("origin").asText("env.py")
                + ": "
                + json.path("words")
                        .asText(
                                json.path("setting").asText()
                                        + " has no effect: "
                                        + json.path("reason").asText());
    }

    private void offline(JsonNode json) {
        offline.put(
                json.path("direction").asText() + " " + json.path("id").asText(),
                new OfflineSql(
                        Optional.ofNullable(json.path("sql").asText(null)),
                        Optional.ofNullable(json.path("error").asText(null))));
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every run of env.py begins and ends alike; the first one tells. */
    private void environment(JsonNode json) {
        List<AlembicStatement> side = "before".equals(json.path("when").asText()) ? before : after;
        if (side.isEmpty()) {
            side.addAll(RecordedScript.statements(json.path("statements")));
        }
    }

    private static VersionTableName table(JsonNode json) {
        return new VersionTableName(
                Optional.ofNullable(json.path("schema").asText(null)), json.path("table").asText());
    }

    /** What of env.py has no effect on a plan and may be missed, a line each. */
    Set<String> remarks() {
        return remarks;
    }

    List<RecordedRevision> revisions() {
        return revisions;
    }

    /** What {@code upgrade()} of a revision gives offline, where that had to be seen. */
    Optional<OfflineSql> offlineUp(String revision) {
        return Optional.ofNullable(offline.get("up " + revision));
    }

    /** The same of {@code downgrade()}. */
    Optional<OfflineSql> offlineDown(String revision) {
        return Optional.ofNullable(offline.get("down " + revision));
    }

    /** What env.py executed before the revisions. */
    List<AlembicStatement> before() {
        return before;
    }

    /** What env.py executed after the revisions. */
    List<AlembicStatement> after() {
        return after;
    }

    Optional<RecorderError> trouble() {
        return trouble;
    }

    /** The revision from which another recorder must continue, counted from 0. */
    OptionalInt next() {
        return next;
    }

    /** Present when all revisions are recorded. */
    Optional<VersionTableName> table() {
        return table;
    }

    /** Whether env.py leaves the version table its primary key. */
    boolean tableHasKey() {
        return tableHasKey;
    }

    /** How far it is. */
    String progress() {
        return revisions.size() + " of " + total;
    }
}
