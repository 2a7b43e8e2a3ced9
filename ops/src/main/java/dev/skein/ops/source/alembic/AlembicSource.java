package dev.skein.ops.source.alembic;

import dev.skein.engine.sql.SqlText;
import dev.skein.ops.scratch.ScratchServer;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.PlanSource;
import dev.skein.ops.source.SourceOption;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.source.record.Acceptance;
import dev.skein.ops.source.record.Delegates;
import dev.skein.ops.source.record.ProjectScan;
import dev.skein.ops.source.record.RecordingProgress;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.plan.VersionTableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Alembic's revisions, recorded twice on two scratch databases by the project's own Alembic. The
 * project's own connection is never used.
 */
public final class AlembicSource implements PlanSource {
    private static final List<String> SCRIPTS = List.of(".py", ".sql", ".ini", ".toml", ".cfg");

    private final Consumer<String> notes;
    private final Duration silenceMax;

    /**
     * @param notes takes what a person should know beside the plan, a line each
     */
    public AlembicSource(Consumer<String> notes) {
        this(notes, AlembicRecorder.SILENCE_MAX);
    }

    /**
     * @param silenceMax how long the team's Python may show no progress before it is ended
     */
    AlembicSource(Consumer<String> notes, Duration silenceMax) {
        this.notes = notes;
        this.silenceMax = silenceMax;
    }

    @Override
    public Set<SourceOption> options() {
        return EnumSet.of(
                SourceOption.CONFIG,
                SourceOption.ARGUMENT,
                SourceOption.ENVIRONMENT,
                SourceOption.PROGRAM,
                SourceOption.ACCEPT,
                SourceOption.DELEGATE,
                SourceOption.RUNNER);
    }

    @Override
    public Plan read(Path directory, SourceSettings settings) {
        PlanProblems problems = new PlanProblems();
        Acceptance acceptance = Acceptance.of(settings.recording(), options(), problems);
        Optional<Plan> plan = plan(directory, settings, acceptance, problems);
        return acceptance.orRefused(Framework.ALEMBIC, directory, plan);
    }

    private Optional<Plan> plan(
            Path directory, SourceSettings settings, Acceptance acceptance, PlanProblems problems) {
        AlembicProject project = AlembicProject.of(directory, settings);
        if (!Files.isDirectory(directory)) {
            problems.add(
                    directory.toString(),
                    PlanProblemCode.NO_DIRECTORY,
                    "there is no such directory",
                    "Name the directory of alembic.ini, or that of env.py");
            return Optional.empty();
        }
        if (project.missingConfig().isPresent()) {
            problems.add(
                    project.missingConfig().get().toString(),
                    PlanProblemCode.CONFIGURATION,
                    "there is no such file, and --config names it",
                    "Name alembic.ini or pyproject.toml, from here or from " + directory);
            return Optional.empty();
        }
        if (!project.isThere()) {
            problems.add(
                    directory.toString(),
                    PlanProblemCode.CONFIGURATION,
                    "it has no alembic.ini, no [tool.alembic] in a pyproject.toml and no env.py",
                    "Name the directory that has one, or the file with --config");
            return Optional.empty();
        }
        ProjectScan.refuseSpecialFiles(project.directory(), SCRIPTS, problems);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        try (ScratchServer server = ScratchServer.open(settings.recording().scratch())) {
            AlembicRecorder recorder =
                    new AlembicRecorder(project, settings, server, silenceMax, problems);
            return record(recorder, false)
                    .flatMap(
                            first ->
                                    record(recorder, true)
                                            .map(second -> new Recordings(first, second)))
                    .flatMap(both -> plan(project, settings, both, acceptance, problems));
        }
    }

    private record Recordings(AlembicRecording first, AlembicRecording second) {}

    private Optional<AlembicRecording> record(AlembicRecorder recorder, boolean again) {
        RecordingProgress progress =
                new RecordingProgress(again ? "recording 2 of 2" : "recording 1 of 2", notes);
        return recorder.record(again, progress::at);
    }

    private Optional<Plan> plan(
            AlembicProject project,
            SourceSettings settings,
            Recordings recordings,
            Acceptance acceptance,
            PlanProblems problems) {
        AlembicRecording first = recordings.first();
        check(project, first, acceptance, problems);
        first.remarks().forEach(notes);
        Environment environment = Environment.of(first, project.directory().toString(), problems);
        AlembicMigrationMapper migrations =
                new AlembicMigrationMapper(
                        first,
                        project::name,
                        environment.session(),
                        acceptance,
                        new Delegates(
                                project.home(),
                                settings.recording().delegation(),
                                AlembicMigrationMapper.OWN_TRANSACTION,
                                problems),
                        problems,
                        notes);
        List<Migration> all = new ArrayList<>();
        for (int i = 0; i < first.revisions().size(); i++) {
            RecordedRevision revision = first.revisions().get(i);
            all.add(migrations.of(revision, recordings.second().revisions().get(i)));
        }
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        VersionTableName table =
                settings.versionTable().orElseGet(() -> first.table().orElseThrow());
        return Optional.of(
                new Plan(
                        Framework.ALEMBIC,
                        Optional.of(table),
                        begun(all, once(first, table, environment)),
                        Optional.empty(),
                        Optional.empty(),
                        environment.hooks(),
                        Optional.empty()));
    }

    private static List<String> once(
            AlembicRecording recording, VersionTableName table, Environment environment) {
        List<String> once = new ArrayList<>(environment.once());
        if (!recording.tableHasKey()) {
            // The agent makes the table with the key that Alembic gives it by default.
            String name = table.schema().map(each -> SqlText.identifier(each) + ".").orElse("");
            once.add(
                    "alter table %s%s drop constraint if exists %s"
                            .formatted(
                                    name,
                                    SqlText.identifier(table.table()),
                                    SqlText.identifier(table.table() + "_pkc")));
        }
        return once;
    }

    /** What env.py prepares once becomes the first thing that the first revision does. */
    private static List<Migration> begun(List<Migration> all, List<String> once) {
        if (once.isEmpty()) {
            return all;
        }
        Migration first = all.get(0);
        List<Step> steps = new ArrayList<>();
        steps.add(new ScriptStep(String.join(";\n", once) + ";"));
        steps.addAll(first.up());
        List<Migration> begun = new ArrayList<>(all);
        begun.set(
                0,
                new Migration(
                        first.kind(),
                        first.version(),
                        first.description(),
                        first.script(),
                        first.checksum(),
                        steps,
                        first.down(),
                        first.parents(),
                        first.equivalents(),
                        first.generatedDown()));
        return begun;
    }

    private static void check(
            AlembicProject project,
            AlembicRecording recording,
            Acceptance acceptance,
            PlanProblems problems) {
        Set<String> known =
                recording.revisions().stream()
                        .map(RecordedRevision::id)
                        .collect(Collectors.toSet());
        if (known.isEmpty()) {
            problems.add(
                    project.directory().toString(),
                    PlanProblemCode.EMPTY,
                    "Alembic finds no revision here",
                    "Check script_location and version_locations in its configuration");
        }
        acceptance.check(
                known,
                project.directory(),
                "no revision has this id",
                "Give the whole revision id");
    }
}
