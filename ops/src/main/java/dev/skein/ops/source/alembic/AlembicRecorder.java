package dev.skein.ops.source.alembic;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.scratch.ScratchDatabase;
import dev.skein.ops.scratch.ScratchServer;
import dev.skein.ops.source.IoReason;
import dev.skein.ops.source.PlanProblem;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.source.record.RecorderFiles;
import dev.skein.ops.source.record.RecorderProcess;
import dev.skein.ops.source.record.RecorderProgram;
import dev.skein.ops.source.record.RecorderResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Runs the team's Python with the recorder over all revisions. */
final class AlembicRecorder {
    /** Far enough that a day, a month and a year found in SQL show themselves. */
    private static final Duration AHEAD = Duration.ofDays(400).plusSeconds(3723);

    static final Duration SILENCE_MAX = Duration.ofMinutes(10);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MAIN = "alembic_recorder.py";
    private static final List<String> FILES =
            List.of(
                    "alembic/skein_catalogue.py",
                    "alembic/skein_clock.py",
                    "alembic/skein_drivers.py",
                    "alembic/skein_engines.py",
                    "alembic/skein_errors.py",
                    "alembic/skein_imports.py",
                    "alembic/skein_literals.py",
                    "alembic/skein_offline.py",
                    "alembic/skein_output.py",
                    "alembic/skein_project.py",
                    "alembic/skein_remarks.py",
                    "alembic/skein_recording.py",
                    "alembic/skein_scratch.py",
                    "alembic/skein_scripts.py",
                    "alembic/skein_tape.py");
    private static final String SEE =
            "See whether 'alembic upgrade heads' ends on an empty database";

    private final AlembicProject project;
    private final SourceSettings settings;
    private final ScratchServer server;
    private final Duration silenceMax;
    private final PlanProblems problems;

    AlembicRecorder(
            AlembicProject project,
            SourceSettings settings,
            ScratchServer server,
            Duration silenceMax,
            PlanProblems problems) {
        this.project = project;
        this.settings = settings;
        this.server = server;
        this.silenceMax = silenceMax;
        this.problems = problems;
    }

    /**
     * A recording of all revisions, or empty with problems added.
     *
     * @param again whether it is the second one, for which the clock goes ahead
     * @param progress takes how far it is, after each revision
     */
    Optional<AlembicRecording> record(boolean again, Consumer<String> progress) {
        AlembicRecording recording = new AlembicRecording();
        OptionalInt from = OptionalInt.of(0);
        try (RecorderFiles files = RecorderFiles.unpack(MAIN, FILES)) {
            while (from.isPresent()) {
                try (ScratchDatabase database = server.create()) {
                    Path told = files.file("settings.json");
                    Path output = files.file("recording-" + from.getAsInt() + ".jsonl");
                    JSON.writeValue(
                            told.toFile(),
                            instructions(database, output)
                                    .put("from", from.getAsInt())
                                    .put("ahead", again ? AHEAD.toSeconds() : 0)
                                    .put("offline", !again));
                    try {
                        run(files, told, output, recording, progress);
                    } finally {
                        tellRoles(database, output);
                    }
                }
                from = problems.isEmpty() ? recording.next() : OptionalInt.empty();
            }
        } catch (IOException e) {
            problems.add(
                    python(),
                    PlanProblemCode.PROGRAM,
                    "Python, which runs the project's Alembic, cannot be started: "
                            + IoReason.of(e),
                    "Name the Python that has the project's Alembic with --program");
        }
        return problems.isEmpty() ? Optional.of(recording) : Optional.empty();
    }

    /** Roles outlive the database, and would be in the way of the next recording. */
    private static void tellRoles(ScratchDatabase database, Path output) throws IOException {
        if (Files.exists(output)) {
            database.ran(Files.readString(output));
        }
    }

    private void run(
            RecorderFiles files,
            Path told,
            Path output,
            AlembicRecording recording,
            Consumer<String> progress)
            throws IOException {
        RecorderResult end =
                RecorderProcess.run(
                        new RecorderProgram(
                                List.of(python(), files.main().toString(), told.toString()),
                                project.home(),
                                Map.of("PYTHONDONTWRITEBYTECODE", "1", "TZ", "UTC"),
                                output,
                                silenceMax),
                        line -> {
                            recording.take(line);
                            progress.accept(recording.progress());
                        });
        recording.trouble().ifPresent(this::report);
        boolean whole = recording.table().isPresent() || recording.next().isPresent();
        if (!whole && recording.trouble().isEmpty()) {
            cutOff(recording, end);
        }
    }

    private ObjectNode instructions(ScratchDatabase database, Path output) {
        ObjectNode json = JSON.createObjectNode();
        json.put("host", database.host()).put("port", database.port());
        json.put("user", database.user()).put("database", database.name());
        json.put("password", database.password().map(secret -> secret.reveal()).orElse(null));
        json.put("sslmode", database.tls().label());
        json.put(
                "sslrootcert",
                database.caFile().map(file -> file.toAbsolutePath().toString()).orElse(null));
        json.put("directory", project.home().toString());
        json.put("ini", project.ini().map(Path::toString).orElse(null));
        json.put("toml", project.toml().map(Path::toString).orElse(null));
        json.put("location", project.scripts().map(Path::toString).orElse(null));
        json.put("section", settings.recording().environment().orElse(null));
        ArrayNode arguments = json.putArray("arguments");
        settings.variables().values().forEach((key, value) -> arguments.add(key + "=" + value));
        ArrayNode paths = json.putArray("paths").add(project.home().toString());
        if (!project.home().equals(project.directory())) {
            paths.add(project.directory().toString());
        }
        return json.put("out", output.toString());
    }

    private String python() {
        return project.python(settings.recording());
    }

    private void report(RecorderError trouble) {
        problems.add(
                new PlanProblem(
                        trouble.file().map(Path::of).map(project::name).orElse(place()),
                        trouble.line(),
                        trouble.code(),
                        trouble.message(),
                        trouble.hint()));
    }

    private String place() {
        return project.directory().toString();
    }

    private void cutOff(AlembicRecording recording, RecorderResult end) {
        String said = end.said().isEmpty() ? "" : "; it said: " + end.said();
        problems.add(
                place(),
                PlanProblemCode.RECORDING,
                (end.silent()
                                ? "nothing happened for " + silenceMax.toSeconds() + " s"
                                : "Python ended with exit code " + end.exitCode())
                        + " behind revision "
                        + recording.progress()
                        + said,
                SEE);
    }
}
