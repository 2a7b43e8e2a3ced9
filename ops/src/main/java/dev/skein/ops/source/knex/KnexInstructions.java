package dev.skein.ops.source.knex;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.scratch.ScratchDatabase;
import dev.skein.ops.source.SourceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a recorder is told.
 *
 * @param directory the project, or a directory of migrations
 * @param programs directories in which Knex may be beside those of the project
 * @param database in which the migrations are run
 * @param copy whose name copies of that database may take
 * @param maintenance a database from which others can be created
 * @param clockAhead how far the recorder's clock goes ahead of the real one
 * @param asked a recording that says which runs are tried out with untrue answers
 */
record KnexInstructions(
        Path directory,
        List<Path> programs,
        ScratchDatabase database,
        ScratchDatabase copy,
        String maintenance,
        Duration clockAhead,
        Optional<KnexRecording> asked) {
    private static final ObjectMapper JSON = new ObjectMapper();

    void write(Path file, Path output, SourceSettings settings) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("directory", absolute(directory));
        json.put("config", settings.config().map(this::config).orElse(null));
        json.put("environment", settings.recording().environment().orElse(null));
        ArrayNode locations = json.putArray("locations");
        settings.locations().forEach(each -> locations.add(absolute(each)));
        ArrayNode leftOut = json.putArray("leftOut");
        settings.leftOut().forEach(leftOut::add);
        ArrayNode places = json.putArray("programs");
        programs.forEach(each -> places.add(absolute(each)));
        address(json.putObject("address"));
        json.put("database", database.name());
        json.put("copy", copy.name());
        json.put("maintenance", maintenance);
        json.put("output", output.toString());
        json.put("clockAhead", clockAhead.toMillis());
        ObjectNode trials = json.putObject("trials");
        for (MigrationFunction direction : MigrationFunction.values()) {
            ArrayNode names = trials.putArray(direction.label());
            asked.ifPresent(each -> each.answered(direction).forEach(names::add));
        }
        json.put("table", settings.versionTable().map(each -> each.table()).orElse(null));
        json.put("schema", settings.versionTable().flatMap(each -> each.schema()).orElse(null));
        JSON.writeValue(file.toFile(), json);
    }

    private void address(ObjectNode json) {
        json.put("host", database.host());
        json.put("port", database.port());
        json.put("user", database.user());
        json.put("password", database.password().map(secret -> secret.reveal()).orElse(null));
        // The team's driver cannot prefer: it asks for encryption, or it does not.
        boolean isEncrypted =
                switch (database.tls()) {
                    case DISABLE -> false;
                    case PREFER -> database.isEncrypted();
                    case REQUIRE, VERIFY_CA, VERIFY_FULL -> true;
                };
        if (isEncrypted) {
            json.putObject("tls")
                    .put("mode", database.tls().label())
                    .put(
                            "authority",
                            database.caFile().map(KnexInstructions::absolute).orElse(null));
        }
    }

    /** As a shell would take it, or else in the project. */
    private String config(Path file) {
        Path beside = directory.resolve(file);
        return absolute(Files.exists(file) || !Files.exists(beside) ? file : beside);
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
