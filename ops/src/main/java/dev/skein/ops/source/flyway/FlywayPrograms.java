package dev.skein.ops.source.flyway;

import dev.skein.ops.source.Delegation;
import dev.skein.ops.source.IoReason;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.protocol.Sha256;
import dev.skein.protocol.plan.FlywayChecksum;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the migrations in Java, and says of each whether Flyway is to run it. Threads: one. */
final class FlywayPrograms {
    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)");

    /** What ends the transaction of a migration, or works beside it. */
    private static final Set<String> UNSAFE_CALLS =
            Set.of(
                    "commit",
                    "setAutoCommit",
                    "inTransaction",
                    "useTransaction",
                    "getDataSource",
                    "java/sql/DriverManager.getConnection",
                    "javax/sql/DataSource.getConnection");

    private static final Pattern UNSAFE_TEXT =
            Pattern.compile("(?is)(^|.*;)\\s*(commit|end|abort|rollback)\\b(?!\\s+to\\b).*");

    private final ProjectClasses classes;
    private final Delegation delegation;
    private final PlanProblems problems;
    private final Consumer<String> notes;
    private final Set<String> seen = new HashSet<>();
    private final Set<String> used = new HashSet<>();

    FlywayPrograms(
            ProjectClasses classes,
            Delegation delegation,
            PlanProblems problems,
            Consumer<String> notes) {
        this.classes = classes;
        this.delegation = delegation;
        this.problems = problems;
        this.notes = notes;
    }

    /** The migration that the file is, if it is to be delegated; empty, perhaps with a problem. */
    Optional<FlywayProgram> read(FlywayFile file) {
        if (file.name().event().isPresent()) {
            refuseCallback(file);
            return Optional.empty();
        }
        try {
            String name = className(file);
            return seen.add(name) ? read(file, name) : Optional.empty();
        } catch (IOException e) {
            problems.add(
                    file.shown(),
                    PlanProblemCode.UNREADABLE,
                    "the migration in Java cannot be read: " + IoReason.of(e),
                    "Build the project again, or give read permission on the file");
            return Optional.empty();
        }
    }

    private void refuseCallback(FlywayFile file) {
        problems.add(
                file.shown(),
                PlanProblemCode.NOT_SUPPORTED,
                "this is a callback in Java for "
                        + file.name().event().orElseThrow().id()
                        + ", which --delegate does not take: a run applies one migration alone",
                "Write it as an SQL callback, or build the plan without it by --leave-out "
                        + file.fileName());
    }

    /** With slashes. */
    private static String className(FlywayFile file) throws IOException {
        byte[] bytes = file.tree().bytes(file.path());
        if (file.fileName().endsWith(ProjectClasses.ENDING)) {
            return ClassFile.of(bytes).name();
        }
        Matcher found = PACKAGE.matcher(new String(bytes, StandardCharsets.UTF_8));
        String folder = found.find() ? found.group(1).replace('.', '/') + "/" : "";
        return folder + file.name().stem();
    }

    private Optional<FlywayProgram> read(FlywayFile file, String name) throws IOException {
        Optional<ClassFile> compiled = classes.find(name).map(ProjectClasses.Found::file);
        if (compiled.isPresent() && isNone(compiled.get())) {
            notes.accept(file.shown() + ": passed over, as Flyway does: it is no JavaMigration");
            return Optional.empty();
        }
        Set<String> names = names(file, name);
        try {
            Optional<JavaIdentity> identity = Optional.empty();
            if (compiled.isPresent()) {
                identity = Optional.of(JavaIdentity.of(compiled.get(), classes));
                identity.flatMap(JavaIdentity::version).ifPresent(own -> add(names, own));
            }
            Optional<String> reason = reason(names);
            if (reason.isEmpty()) {
                refuseUndelegated(file, identity);
                return Optional.empty();
            }
            if (identity.isEmpty()) {
                throw new IllegalArgumentException(
                        "its class "
                                + name.replace('/', '.')
                                + " is not there; compile the project first, such as into"
                                + " target/classes");
            }
            return Optional.of(program(file, name, identity.get(), reason.get()));
        } catch (IllegalArgumentException unfit) {
            refuseUnfit(file, unfit.getMessage());
            return Optional.empty();
        }
    }

    /** What has no instances, or is no migration wherever its parents come from. */
    private boolean isNone(ClassFile file) throws IOException {
        ProjectClasses.ParentChain ancestry = classes.ancestry(file);
        return !file.concrete()
                || !ancestry.migration()
                        && ancestry.stranger().equals("java/lang/Object")
                        && file.interfaces().isEmpty();
    }

    /** By which a person may name it. */
    private static Set<String> names(FlywayFile file, String name) {
        Set<String> names = new TreeSet<>();
        names.add(file.fileName());
        names.add(file.name().stem());
        names.add(name.replace('/', '.'));
        file.name().version().ifPresent(version -> add(names, version));
        return names;
    }

    private static void add(Set<String> names, FlywayVersion version) {
        names.add(version.text());
        names.add("V" + version.text());
    }

    private Optional<String> reason(Set<String> names) {
        Set<String> asked = new TreeSet<>(names);
        asked.retainAll(delegation.byName());
        used.addAll(asked);
        return asked.isEmpty() && !delegation.auto()
                ? Optional.empty()
                : Optional.of("it is a program in Java");
    }

    private void refuseUndelegated(FlywayFile file, Optional<JavaIdentity> identity) {
        FlywayFileName name = file.name();
        boolean known = name.version().isPresent() || !name.description().isEmpty();
        String version =
                identity.flatMap(JavaIdentity::version)
                        .or(name::version)
                        .map(each -> "V" + each.text())
                        .orElse(name.stem());
        problems.add(
                file.shown(),
                PlanProblemCode.NOT_SUPPORTED,
                "this is a migration in Java, and the steps of a plan are SQL",
                "Have Flyway run it in each database, by the runner beside the agent, with"
                        + " --delegate "
                        + version
                        + " (auto for all in Java), write it in SQL, or build the plan without it"
                        + " by --leave-out "
                        + file.fileName()
                        + (known ? "" : " and --leave-out with the version that its code gives")
                        + ": databases are then taken as they are, whether Flyway has applied it or"
                        + " not");
    }

    private void refuseUnfit(FlywayFile file, String why) {
        problems.add(
                file.shown(),
                PlanProblemCode.NOT_SUPPORTED,
                "this migration in Java cannot be delegated: " + why,
                "Mend that, write it in SQL, or build the plan without it by --leave-out "
                        + file.fileName()
                        + ": databases are then taken as they are, whether Flyway has applied it or"
                        + " not");
    }

    private FlywayProgram program(
            FlywayFile file, String name, JavaIdentity identity, String reason) throws IOException {
        boolean repeatable = identity.type() == FlywayFileType.REPEATABLE;
        boolean none = identity.checksum().filter(each -> each.value().isEmpty()).isPresent();
        if (repeatable && !none) {
            throw new IllegalArgumentException(
                    "it is repeatable and has a checksum of its own, so that whether a run was its"
                            + " first cannot be told");
        }
        if (identity.checksum().isEmpty()) {
            notes.accept(
                    file.shown()
                            + ": its checksum is computed by its code, and is not compared with"
                            + " what the databases have");
        }
        SortedMap<String, String> digests = new TreeMap<>();
        boolean atomic = identity.inTransaction();
        for (ProjectClasses.Found each : classes.closure(name).values()) {
            digests.put(each.file().name() + ProjectClasses.ENDING, Sha256.hex(each.bytes()));
            atomic &= isSafe(each.file());
        }
        FlywayFileName own =
                new FlywayFileName(
                        identity.type(),
                        file.name().stem(),
                        Optional.empty(),
                        identity.version(),
                        identity.description());
        return new FlywayProgram(
                new FlywayFile(file.tree(), file.path(), name.replace('/', '.'), file.shown(), own),
                identity.checksum().flatMap(ClassAnswer::value),
                none ? Optional.of(List.of(FlywayChecksum.NONE)) : Optional.empty(),
                atomic,
                digests,
                reason);
    }

    private static boolean isSafe(ClassFile file) {
        return file.calls().stream().noneMatch(UNSAFE_CALLS::contains)
                && file.texts().stream().noneMatch(text -> UNSAFE_TEXT.matcher(text).matches());
    }

    /** Refuses what is asked for and is not there. Called once, after all files were read. */
    void refuseUnknown(Path directory) {
        Set<String> unknown = new TreeSet<>(delegation.byName());
        unknown.removeAll(used);
        if (!unknown.isEmpty()) {
            problems.add(
                    directory.toString(),
                    PlanProblemCode.NO_MIGRATION,
                    "--delegate names "
                            + String.join(", ", unknown)
                            + ", and no migration in Java here is called so",
                    "Write V12, or the name of a class; a script runs without it");
        }
    }
}
