package dev.skein.ops.source.flyway;

import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The scripts of all locations: what is applied, in order, what takes it back, what runs around.
 */
final class FlywayFiles {
    private static final Comparator<FlywayFile> BY_VERSION =
            Comparator.comparing(FlywayFile::version);

    private final FlywayNaming naming;
    private final boolean strict;
    private final PlanProblems problems;
    private final Consumer<String> notes;
    private final FlywayPrograms programs;
    private final Map<String, FlywayProgram> delegated = new TreeMap<>();
    private final Map<FlywayVersion, FlywayFile> versioned = new TreeMap<>();
    private final Map<FlywayVersion, FlywayFile> baselines = new TreeMap<>();
    private final Map<FlywayVersion, FlywayFile> undo = new TreeMap<>();
    private final Map<String, FlywayFile> repeatable = new TreeMap<>();
    private final Map<String, FlywayFile> callbacks = new TreeMap<>();
    private final List<FlywayFile> settings = new ArrayList<>();

    FlywayFiles(
            FlywaySettings settings,
            FlywayPrograms programs,
            PlanProblems problems,
            Consumer<String> notes) {
        this.programs = programs;
        this.naming = settings.naming();
        this.strict = settings.strictNames();
        this.problems = problems;
        this.notes = notes;
    }

    void add(FlywayFile file) {
        switch (file.name().type()) {
            case VERSIONED -> addVersion(versioned, file);
            case BASELINE -> addVersion(baselines, file);
            case UNDO -> addVersion(undo, file);
            case REPEATABLE -> addRepeatable(file);
            case CALLBACK -> addCallback(file);
            case SCRIPT_SETTINGS -> settings.add(file);
            case JAVA -> programs.read(file).ifPresent(this::addProgram);
            case PROGRAM -> refuseProgram(file);
            case MALFORMED -> passOver(file);
            case OTHER -> {
                // Flyway passes it over, and so do we.
            }
        }
    }

    private void addVersion(Map<FlywayVersion, FlywayFile> files, FlywayFile file) {
        FlywayFile other = files.putIfAbsent(file.version(), file);
        if (other != null) {
            problems.add(
                    file.shown(),
                    PlanProblemCode.DUPLICATE_VERSION,
                    "version %s is the same as that of %s"
                            .formatted(file.version().text(), other.shown()),
                    "Give one of them another version");
        }
    }

    private void addRepeatable(FlywayFile file) {
        FlywayFile other = repeatable.putIfAbsent(file.name().description(), file);
        if (other != null) {
            problems.add(
                    file.shown(),
                    PlanProblemCode.DUPLICATE_DESCRIPTION,
                    "the description '%s', which identifies a repeatable migration, is that of %s"
                            .formatted(file.name().description(), other.shown()),
                    "Give one of them another name");
        }
    }

    private void addCallback(FlywayFile file) {
        FlywayFile other = callbacks.putIfAbsent(file.name().stem(), file);
        if (other != null) {
            problems.add(
                    file.shown(),
                    PlanProblemCode.DUPLICATE_DESCRIPTION,
                    "a callback of this name is also %s".formatted(other.shown()),
                    "Give one of them a description: %s__what_it_does%s"
                            .formatted(
                                    file.name().event().orElseThrow().id(),
                                    naming.suffixes().get(0)));
        }
    }

    private void addProgram(FlywayProgram program) {
        delegated.put(program.file().shown(), program);
        add(program.file());
    }

    /** What Flyway is to run itself, where the file is one of those. */
    Optional<FlywayProgram> program(FlywayFile file) {
        return Optional.ofNullable(delegated.get(file.shown()));
    }

    boolean hasPrograms() {
        return !delegated.isEmpty();
    }

    private void refuseProgram(FlywayFile file) {
        problems.add(
                file.shown(),
                PlanProblemCode.NOT_SUPPORTED,
                "this is a migration that is a program, and agents run SQL only",
                "Write it in SQL, or build the plan without it by --leave-out "
                        + file.fileName()
                        + ": databases are then taken as they are, whether Flyway has applied it or"
                        + " not");
    }

    /** As Flyway does, though not in silence. */
    private void passOver(FlywayFile file) {
        if (strict) {
            problems.add(
                    file.shown(),
                    PlanProblemCode.FILE_NAME,
                    "the name looks like that of a migration and is none, which"
                            + " validateMigrationNaming forbids",
                    "Name it %s, move it to another directory, or pass it over by --leave-out %s"
                            .formatted(naming.examples(), file.fileName()));
            return;
        }
        notes.accept(
                "%s: passed over, as Flyway does; if it is meant to be a migration, name it %s"
                        .formatted(file.shown(), naming.examples()));
    }

    /** Refuses undo scripts without a migration. Called once, after all files were added. */
    void refuseLoneUndo() {
        for (FlywayFile file : undo.values()) {
            if (!versioned.containsKey(file.version())) {
                problems.add(
                        file.shown(),
                        PlanProblemCode.DOWN_WITHOUT_UP,
                        "there is no migration of version " + file.version().text(),
                        "Add it, or delete this file");
            }
        }
    }

    /** What is applied, in Flyway's order, once all files were added. */
    List<FlywayFile> inOrder() {
        // The sort is stable: a baseline comes before the version that it stands for.
        List<FlywayFile> files =
                new ArrayList<>(
                        Stream.concat(baselines.values().stream(), versioned.values().stream())
                                .sorted(BY_VERSION)
                                .toList());
        files.addAll(repeatable.values());
        return files;
    }

    /** The script that takes a migration back. */
    Optional<FlywayFile> undo(FlywayFile file) {
        return file.name().type() == FlywayFileType.VERSIONED
                ? Optional.ofNullable(undo.get(file.version()))
                : Optional.empty();
    }

    boolean hasRepeatables() {
        return !repeatable.isEmpty();
    }

    Collection<FlywayFile> callbacks() {
        return callbacks.values();
    }

    /** The settings that single scripts have beside them. */
    List<FlywayFile> settings() {
        return List.copyOf(settings);
    }
}
