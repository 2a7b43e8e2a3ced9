package dev.skein.ops.source.knex;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a recorder has written, taken line by line.
 *
 * <p>Threads: one. Life cycle: all lines are taken, then it is read.
 */
final class KnexRecording {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<RecordedRun> runs = new ArrayList<>();
    private final Map<String, RecordedError> unloaded = new LinkedHashMap<>();
    private final Map<String, LoadedMigration> loaded = new LinkedHashMap<>();
    private Optional<KnexProject> project = Optional.empty();
    private Optional<JsonNode> trouble = Optional.empty();
    private Optional<String> current = Optional.empty();
    private boolean ended;

    /** Takes the next line; one that is no JSON is a fault of the recorder's. */
    void take(String line) {
        JsonNode json = parsed(line);
        switch (json.path("type").asText()) {
            case "project" -> project = Optional.of(KnexProject.of(json));
            case "progress" -> current = Optional.of(json.path("name").asText());
            case "loaded" -> loaded.put(json.path("name").asText(), LoadedMigration.of(json));
            case "run" -> runs.add(RecordedRun.of(json));
            case "unloaded" -> unloaded.put(json.path("name").asText(), RecordedError.of(json));
            case "trouble" -> trouble = Optional.of(json);
            case "end" -> ended = true;
            default -> throw new IllegalArgumentException("no line of a recorder: " + line);
        }
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no line of a recorder: " + line, e);
        }
    }

    /** Absent if the recorder had trouble before. */
    Optional<KnexProject> project() {
        return project;
    }

    /** What keeps the recorder from any migration at all. */
    Optional<JsonNode> trouble() {
        return trouble;
    }

    /** Migrations whose files cannot be loaded, by name. */
    Map<String, RecordedError> unloaded() {
        return unloaded;
    }

    /** What a run of the migration by Knex itself would be made of. */
    LoadedMigration loaded(String name) {
        return loaded.getOrDefault(name, LoadedMigration.UNKNOWN);
    }

    /** The migration that was being run last. */
    Optional<String> current() {
        return current;
    }

    /** Whether the recorder came to its own end. */
    boolean hasEnded() {
        return ended;
    }

    /** The first run that failed on the way up. */
    Optional<RecordedRun> failedUp() {
        return runs.stream()
                .filter(run -> run.direction() == MigrationFunction.UP && run.trial().isEmpty())
                .filter(run -> run.error().isPresent())
                .findFirst();
    }

    /** All that was sent, in trials too. */
    String sql() {
        return runs.stream()
                .flatMap(run -> run.statements().stream())
                .map(KnexStatement::sql)
                .collect(Collectors.joining("\n"));
    }

    /** The run with true answers. */
    Optional<RecordedRun> run(String name, MigrationFunction direction) {
        return runs.stream()
                .filter(run -> run.name().equals(name) && run.direction() == direction)
                .filter(run -> run.trial().isEmpty())
                .findFirst();
    }

    /** The runs with untrue answers. */
    List<RecordedRun> trials(String name, MigrationFunction direction) {
        return runs.stream()
                .filter(run -> run.name().equals(name) && run.direction() == direction)
                .filter(run -> run.trial().isPresent())
                .toList();
    }

    /** Names of the migrations to which rows or their counts came back. */
    Set<String> answered(MigrationFunction direction) {
        return runs.stream()
                .filter(run -> run.direction() == direction && run.answered())
                .map(RecordedRun::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
