package dev.skein.ops.source.flyway;

import dev.skein.ops.source.ProblemCode;
import dev.skein.ops.source.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The scripts of a Flyway location: what is applied, in order, and what takes it back. */
final class FlywayFiles {
    private final Problems problems;
    private final Map<FlywayVersion, FlywayFile> versioned = new TreeMap<>();
    private final Map<FlywayVersion, FlywayFile> undo = new TreeMap<>();
    private final Map<String, FlywayFile> repeatable = new TreeMap<>();

    FlywayFiles(Problems problems) {
        this.problems = problems;
    }

    void add(FlywayFile file) {
        switch (file.name().type()) {
            case VERSIONED -> addVersion(versioned, file);
            case UNDO -> addVersion(undo, file);
            case REPEATABLE -> addRepeatable(file);
            case BASELINE ->
                    refuse(file, "baseline migrations are", "Give its content as a migration V…");
            case CALLBACK -> refuse(file, "callbacks are", "Move the callback out of the location");
            case SCRIPT_SETTINGS ->
                    refuse(file, "the settings of a single script are", "Do without the file");
            case JAVA -> refuse(file, "migrations in Java are", "Write the migration in SQL");
            case PROGRAM -> refuse(file, "migrations that are programs are", "Write it in SQL");
            case MALFORMED -> refuseName(file);
            case OTHER -> {
                // Flyway passes it over, and so do we.
            }
        }
    }

    private void addVersion(Map<FlywayVersion, FlywayFile> files, FlywayFile file) {
        FlywayFile other = files.putIfAbsent(file.version(), file);
        if (other != null) {
            problems.add(
                    file.path(),
                    ProblemCode.DUPLICATE_VERSION,
                    "version %s is the same as that of %s"
                            .formatted(file.version().text(), other.path()),
                    "Give one of them another version");
        }
    }

    private void addRepeatable(FlywayFile file) {
        FlywayFile other = repeatable.putIfAbsent(file.name().description(), file);
        if (other != null) {
            problems.add(
                    file.path(),
                    ProblemCode.DUPLICATE_DESCRIPTION,
                    "the description '%s', which identifies a repeatable migration, is that of %s"
                            .formatted(file.name().description(), other.path()),
                    "Give one of them another name");
        }
    }

    private void refuse(FlywayFile file, String what, String hint) {
        problems.add(file.path(), ProblemCode.NOT_SUPPORTED, what + " not supported yet", hint);
    }

    private void refuseName(FlywayFile file) {
        problems.add(
                file.path(),
                ProblemCode.FILE_NAME,
                "the name looks like that of a migration, but Flyway would pass the file over",
                "Name it %s, or move it to another directory".formatted(FlywayFormat.NAMES));
    }

    /** What is applied, in Flyway's order, once all files were added. */
    List<FlywayFile> inOrder() {
        for (FlywayFile file : undo.values()) {
            if (!versioned.containsKey(file.version())) {
                problems.add(
                        file.path(),
                        ProblemCode.DOWN_WITHOUT_UP,
                        "there is no migration of version " + file.version().text(),
                        "Add it, or delete this file");
            }
        }
        List<FlywayFile> files = new ArrayList<>(versioned.values());
        files.addAll(repeatable.values());
        return files;
    }

    /** The script that takes a migration back. */
    Optional<FlywayFile> undo(FlywayFile file) {
        return file.name().version().map(undo::get);
    }
}
