package dev.skein.ops.source.prisma;

import dev.skein.ops.source.Delegation;
import dev.skein.ops.source.IoReason;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.record.Delegates;
import dev.skein.protocol.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Programs beside Prisma's scripts, such as the {@code data-migration.ts} of Prisma's guide to data
 * migrations. Prisma takes no notice of them; a person delegates one to a runner, which runs it
 * behind the script of its migration.
 *
 * <p>Threads: one.
 */
final class PrismaPrograms {
    private static final String OPTION = "--delegate ";

    /** What node, tsx, a Python or a shell runs; neither types nor tests. */
    private static final Pattern PROGRAM =
            Pattern.compile(
                    "(?!.*\\.(d|test|spec)\\.[a-z]+$).+\\.([cm]?[jt]s|py|sh)",
                    Pattern.CASE_INSENSITIVE);

    private final Path home;
    private final Path migrations;
    private final Map<String, Optional<String>> named = new TreeMap<>();
    private final Set<String> unclaimed = new TreeSet<>();
    private final boolean auto;
    private final Delegates delegates;
    private final PlanProblems problems;
    private final Consumer<String> notes;

    /**
     * @param home from where the programs are called, and files are named
     * @param delegation names as {@code MIGRATION} or {@code MIGRATION=FILE}
     */
    PrismaPrograms(
            Path home,
            Path migrations,
            Delegation delegation,
            PlanProblems problems,
            Consumer<String> notes) {
        this.home = home.toAbsolutePath().normalize();
        this.migrations = migrations.toAbsolutePath().normalize();
        this.auto = delegation.auto();
        this.delegates = new Delegates(home, delegation, Pattern.compile("(?!)"), problems);
        this.problems = problems;
        this.notes = notes;
        delegation.byName().forEach(this::name);
    }

    /** Of the longest name that is a migration's: a name may hold an equals sign, as a file may. */
    private void name(String text) {
        int split = text.length();
        while (split > 0 && !isMigration(text.substring(0, split))) {
            split = text.lastIndexOf('=', split - 1);
        }
        if (split <= 0) {
            unclaimed.add(text);
            return;
        }
        String migration = text.substring(0, split);
        Optional<String> file =
                split == text.length()
                        ? Optional.empty()
                        : Optional.of(text.substring(split + 1).strip());
        if (named.put(migration, file) != null) {
            refuse(migration, "--delegate names it twice", "Name one program for it");
        }
    }

    private boolean isMigration(String name) {
        return !name.contains("/")
                && Files.isRegularFile(migrations.resolve(name).resolve(PrismaFormat.SCRIPT));
    }

    /** What runs behind the script of a migration: one step, or nothing. */
    List<Step> behind(String migration) {
        try {
            List<String> found = beside(migration);
            if (named.containsKey(migration)) {
                Optional<String> file = named.get(migration);
                return file.isPresent()
                        ? ofFile(migration, file.get())
                        : only(migration, found, "");
            }
            if (auto && !found.isEmpty()) {
                return only(migration, found, ", and --delegate auto takes the only one");
            }
            found.forEach(file -> leftAlone(migration, file));
        } catch (IOException unreadable) {
            refuse(
                    migration,
                    "the directory cannot be listed: " + IoReason.of(unreadable),
                    "Check its permissions");
        }
        return List.of();
    }

    private List<String> beside(String migration) throws IOException {
        try (Stream<Path> files = Files.list(migrations.resolve(migration))) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> PROGRAM.matcher(name).matches())
                    .sorted()
                    .toList();
        }
    }

    private void leftAlone(String migration, String file) {
        notes.accept(
                "%s/%s is a program, which neither Prisma nor this plan runs; %s%s has a runner run"
                                .formatted(migration, file, OPTION, migration)
                        + " it behind the migration's script in each database");
    }

    private List<Step> only(String migration, List<String> found, String why) {
        if (found.size() == 1) {
            return ofFile(migration, found.get(0));
        }
        String hint = "Name the file: " + OPTION + migration + "=FILE";
        if (found.isEmpty()) {
            return refuse(migration, "it is delegated, and no program lies in its directory", hint);
        }
        String all = String.join(", ", found);
        return refuse(migration, "several programs lie in its directory: " + all + why, hint);
    }

    /** In the directory of the migration, or anywhere in the project. */
    private List<Step> ofFile(String migration, String file) {
        Path beside = migrations.resolve(migration).resolve(file).normalize();
        Path program = Files.isRegularFile(beside) ? beside : home.resolve(file).normalize();
        if (!Files.isRegularFile(program)) {
            return refuse(
                    migration,
                    "it is delegated to " + file + ", and there is no such file",
                    "Give its path from the migration's directory, or from " + home);
        }
        if (!program.startsWith(home)) {
            return refuse(
                    migration,
                    "it is delegated to " + file + ", which lies outside of " + home,
                    "Build the plan from the directory in which the program is called");
        }
        String name = home.relativize(program).toString().replace('\\', '/');
        List<String> files = new ProgramImports(home).of(program);
        return delegates.stepsBeside(
                new Delegates.Program(
                        migration,
                        name,
                        Optional.empty(),
                        false,
                        files,
                        name + " runs behind its script"));
    }

    /** Names that no migration has. */
    void check() {
        if (!unclaimed.isEmpty()) {
            problems.add(
                    migrations.toString(),
                    PlanProblemCode.NO_MIGRATION,
                    OPTION
                            + "names "
                            + String.join(", ", unclaimed)
                            + ", and no migration is"
                            + " called so",
                    "Name the migration's directory, such as 20240131120000_what_it_does");
        }
    }

    /** A migration that the plan does not carry cannot have its program run. */
    void refuseLeftOut(Set<String> leftOut) {
        named.keySet().stream()
                .filter(leftOut::contains)
                .forEach(
                        name ->
                                refuse(
                                        name,
                                        "both --leave-out and --delegate name it",
                                        "Keep one of them"));
    }

    private List<Step> refuse(String migration, String why, String hint) {
        problems.add(migration, PlanProblemCode.CONFIGURATION, why, hint);
        return List.of();
    }
}
