package dev.skein.ops.source.knex;

import dev.skein.ops.scratch.ScratchDatabase;
import dev.skein.ops.scratch.ScratchServer;
import dev.skein.ops.source.LeftOutNames;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.PlanSource;
import dev.skein.ops.source.Recording;
import dev.skein.ops.source.SourceOption;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.source.record.Acceptance;
import dev.skein.ops.source.record.Delegates;
import dev.skein.ops.source.record.ProjectScan;
import dev.skein.ops.source.record.RecordingProgress;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Knex's migrations, recorded twice: on two databases, with two clocks, and the second time also
 * with untrue answers wherever rows are asked for. The project's own connection is never used.
 */
public final class KnexSource implements PlanSource {
    private static final String MAINTENANCE = "postgres";

    /** A time with another year, month, day, hour, minute, second and millisecond. */
    private static final Duration AHEAD = Duration.ofDays(400).plusMillis(3_723_004);

    private static final Duration SILENCE_MAX = Duration.ofMinutes(10);

    private static final List<String> SCRIPTS =
            List.of(".js", ".cjs", ".mjs", ".ts", ".cts", ".mts", ".coffee", ".sql");

    private final Consumer<String> notes;
    private final Duration silenceMax;

    /**
     * @param notes takes what a person should know beside the plan, a line each
     */
    public KnexSource(Consumer<String> notes) {
        this(notes, SILENCE_MAX);
    }

    /**
     * @param silenceMax how long a migration may take before it counts as one that never ends
     */
    KnexSource(Consumer<String> notes, Duration silenceMax) {
        this.notes = notes;
        this.silenceMax = silenceMax;
    }

    @Override
    public Set<SourceOption> options() {
        return EnumSet.of(
                SourceOption.CONFIG,
                SourceOption.LOCATION,
                SourceOption.ENVIRONMENT,
                SourceOption.PROGRAM,
                SourceOption.LEAVE_OUT,
                SourceOption.ACCEPT,
                SourceOption.DELEGATE,
                SourceOption.RUNNER);
    }

    @Override
    public Plan read(Path directory, SourceSettings settings) {
        PlanProblems problems = new PlanProblems();
        Acceptance acceptance = Acceptance.of(settings.recording(), options(), problems);
        Optional<Plan> plan = plan(directory, settings, acceptance, problems);
        return acceptance.orRefused(Framework.KNEX, directory, plan);
    }

    private Optional<Plan> plan(
            Path directory, SourceSettings settings, Acceptance acceptance, PlanProblems problems) {
        if (!Files.isDirectory(directory)) {
            problems.add(
                    directory.toString(),
                    PlanProblemCode.NO_DIRECTORY,
                    "there is no such directory",
                    "Name the directory of the knexfile, or that of the migrations");
            return Optional.empty();
        }
        for (Path root :
                Stream.concat(Stream.of(directory), settings.locations().stream()).toList()) {
            ProjectScan.refuseSpecialFiles(root, SCRIPTS, problems);
        }
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        ProjectFileNames names = new ProjectFileNames(directory);
        try (ScratchServer server = ScratchServer.open(settings.recording().scratch())) {
            KnexRecorder recorder =
                    new KnexRecorder(settings, silenceMax, server.version(), names, problems);
            return record(directory, settings, server, recorder, Optional.empty())
                    .flatMap(
                            first ->
                                    record(
                                                    directory,
                                                    settings,
                                                    server,
                                                    recorder,
                                                    Optional.of(first))
                                            .map(second -> new Recordings(first, second)))
                    .flatMap(both -> plan(directory, settings, names, both, acceptance, problems));
        }
    }

    private record Recordings(KnexRecording first, KnexRecording second) {}

    private Optional<KnexRecording> record(
            Path directory,
            SourceSettings settings,
            ScratchServer server,
            KnexRecorder recorder,
            Optional<KnexRecording> first) {
        Recording how = settings.recording();
        try (ScratchDatabase database = server.create();
                ScratchDatabase copy = server.create()) {
            RecordingProgress progress =
                    new RecordingProgress(
                            first.isEmpty() ? "recording 1 of 2" : "recording 2 of 2", notes);
            return recorder.record(
                    new KnexInstructions(
                            directory,
                            programs(how),
                            database,
                            copy,
                            how.scratch().map(each -> each.uri().database()).orElse(MAINTENANCE),
                            first.isEmpty() ? Duration.ZERO : AHEAD,
                            first),
                    progress::at);
        }
    }

    private static List<Path> programs(Recording how) {
        return how.program()
                .map(Path::of)
                .map(Path::toAbsolutePath)
                .filter(Files::exists)
                .map(Path::getParent)
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<Plan> plan(
            Path directory,
            SourceSettings settings,
            ProjectFileNames names,
            Recordings recordings,
            Acceptance acceptance,
            PlanProblems problems) {
        KnexProject project = recordings.first().project().orElseThrow();
        LeftOutNames leftOut = new LeftOutNames(settings.leftOut());
        project.leftOut().forEach(leftOut::contains);
        KnexRemarks.make(project, names, notes);
        check(directory, project, acceptance, problems);
        KnexMigrationMapper migrations =
                new KnexMigrationMapper(
                        recordings.first(),
                        recordings.second(),
                        acceptance,
                        new KnexDelegation(
                                new Delegates(
                                        Path.of(project.home()),
                                        settings.recording().delegation(),
                                        KnexDelegation.OWN_TRANSACTION,
                                        problems),
                                names),
                        names,
                        problems,
                        notes);
        List<Migration> all = project.files().stream().map(migrations::of).toList();
        return problems.isEmpty()
                ? Optional.of(
                        new Plan(Framework.KNEX, Optional.of(project.table()), all)
                                .leavingOut(leftOut.keys(notes)))
                : Optional.empty();
    }

    private static void check(
            Path directory, KnexProject project, Acceptance acceptance, PlanProblems problems) {
        if (project.files().isEmpty()) {
            problems.add(
                    directory.toString(),
                    PlanProblemCode.EMPTY,
                    "Knex finds no migration here",
                    project.knexfile().isPresent()
                            ? "Check migrations.directory and migrations.loadExtensions in the"
                                    + " knexfile"
                            : "There is no knexfile either: name one with --config");
        }
        Set<String> seen = new TreeSet<>();
        for (KnexProject.File file : project.files()) {
            if (!seen.add(file.name())) {
                problems.add(
                        file.name(),
                        PlanProblemCode.DUPLICATE_VERSION,
                        "two directories have a migration of this name, which Knex would take for"
                                + " one",
                        "Give one of them another name");
            }
        }
        acceptance.check(
                seen,
                directory,
                "no migration is called so",
                "Give the migration's file name with its extension");
    }
}
