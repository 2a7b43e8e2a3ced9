package dev.skein.ops.source.knex;

import dev.skein.ops.source.IoReason;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.source.record.RecorderFiles;
import dev.skein.ops.source.record.RecorderProcess;
import dev.skein.ops.source.record.RecorderProgram;
import dev.skein.ops.source.record.RecorderResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Runs Node with the recorder over a project's migrations. */
final class KnexRecorder {
    private static final String NODE = "node";
    private static final String MAIN = "knex_recorder.mjs";
    private static final List<String> FILES =
            List.of(
                    "knex/answers.mjs",
                    "knex/driver.mjs",
                    "knex/imports.mjs",
                    "knex/project.mjs",
                    "knex/runs.mjs",
                    "knex/scratch.mjs",
                    "knex/surroundings.mjs",
                    "knex/text.mjs",
                    "knex/troubles.mjs");

    private final SourceSettings settings;
    private final Duration silenceMax;
    private final String server;
    private final ProjectFileNames names;
    private final PlanProblems problems;

    /**
     * @param silenceMax how long nothing may happen
     * @param server the version of the scratch server
     */
    KnexRecorder(
            SourceSettings settings,
            Duration silenceMax,
            String server,
            ProjectFileNames names,
            PlanProblems problems) {
        this.silenceMax = silenceMax;
        this.server = server;
        this.settings = settings;
        this.names = names;
        this.problems = problems;
    }

    /**
     * A recording of all migrations, or empty with problems added.
     *
     * @param progress takes the name of each migration when it is run
     */
    Optional<KnexRecording> record(KnexInstructions instructions, Consumer<String> progress) {
        try (RecorderFiles files = RecorderFiles.unpack(MAIN, FILES)) {
            if (!NodeVersion.check(node(), files, problems)) {
                return Optional.empty();
            }
            Path told = files.file("instructions.json");
            Path output = files.file("recording.jsonl");
            instructions.write(told, output, settings);
            KnexRecording recording = new KnexRecording();
            RecorderResult end =
                    RecorderProcess.run(
                            new RecorderProgram(
                                    List.of(node(), files.main().toString(), told.toString()),
                                    instructions.directory(),
                                    environment(instructions),
                                    output,
                                    silenceMax),
                            line -> {
                                recording.take(line);
                                recording.current().ifPresent(progress);
                            });
            // Roles outlive the database, and would be in the way of the next recording.
            instructions.database().ran(recording.sql());
            return isWhole(recording, end) ? Optional.of(recording) : Optional.empty();
        } catch (IOException e) {
            problems.add(
                    node(),
                    PlanProblemCode.PROGRAM,
                    "Node, which runs the project's Knex, cannot be started: " + IoReason.of(e),
                    "Install Node %d or newer, or name it with --program"
                            .formatted(NodeVersion.LEAST));
            return Optional.empty();
        }
    }

    private String node() {
        return settings.recording().command().orElse(NODE);
    }

    /**
     * The driver goes to the scratch database in any case; these are for code that looks at the
     * environment.
     */
    private static Map<String, String> environment(KnexInstructions instructions) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("PGHOST", instructions.database().host());
        variables.put("PGPORT", Integer.toString(instructions.database().port()));
        variables.put("PGUSER", instructions.database().user());
        variables.put("PGDATABASE", instructions.database().name());
        variables.put(
                "PGPASSWORD",
                instructions.database().password().map(secret -> secret.reveal()).orElse(""));
        variables.put(
                "DATABASE_URL",
                "postgresql://%s@%s:%d/%s"
                        .formatted(
                                instructions.database().user(),
                                instructions.database().host(),
                                instructions.database().port(),
                                instructions.database().name()));
        // Dates become texts in the zone of the process: one plan everywhere.
        variables.put("TZ", "UTC");
        return variables;
    }

    private boolean isWhole(KnexRecording recording, RecorderResult end) {
        recording.project().ifPresent(names::learn);
        KnexRecorderFailures failures = new KnexRecorderFailures(server, names, problems);
        recording.trouble().ifPresent(failures::trouble);
        failures.unloaded(recording.unloaded());
        recording.failedUp().ifPresent(failures::failedUp);
        if (!recording.hasEnded()) {
            cutOff(recording, end);
        }
        return problems.isEmpty();
    }

    private void cutOff(KnexRecording recording, RecorderResult end) {
        String where = recording.current().map(names::script).orElseGet(() -> names.of(""));
        String said = end.said().isEmpty() ? "" : "; it said: " + end.said();
        problems.add(
                where,
                PlanProblemCode.RECORDING,
                end.silent()
                        ? "nothing happened for %d seconds, and Node was ended%s"
                                .formatted(silenceMax.toSeconds(), said)
                        : "Node ended with exit code %d before the migrations did%s"
                                .formatted(end.exitCode(), said),
                "See whether 'knex migrate:latest' ends on an empty database");
    }
}
