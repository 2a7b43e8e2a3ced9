package dev.skein.ops.source.flyway;

import dev.skein.ops.source.SourceTree;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** The compiled classes of a project, where builds put them. Threads: one. */
final class ProjectClasses {
    static final String ENDING = ".class";

    private static final List<String> OUTPUTS =
            List.of(
                    "target/classes",
                    "build/classes/java/main",
                    "build/classes/kotlin/main",
                    "build/classes/groovy/main",
                    "build/classes/scala/main",
                    "bin/main",
                    "");

    private final List<SourceTree> roots;
    private final Map<String, Optional<Found>> known = new HashMap<>();

    /** A class and its bytes. */
    record Found(ClassFile file, byte[] bytes) {}

    ProjectClasses(Path directory, Function<Path, SourceTree> trees, Predicate<Path> exists) {
        this.roots =
                OUTPUTS.stream()
                        .map(directory::resolve)
                        .map(Path::normalize)
                        .filter(exists)
                        .map(trees)
                        .toList();
    }

    /**
     * @param name with slashes
     */
    Optional<Found> find(String name) throws IOException {
        Optional<Found> found = known.get(name);
        if (found == null) {
            found = read(name);
            known.put(name, found);
        }
        return found;
    }

    private Optional<Found> read(String name) throws IOException {
        for (SourceTree root : roots) {
            try {
                byte[] bytes = root.bytes(name + ENDING);
                return Optional.of(new Found(ClassFile.of(bytes), bytes));
            } catch (NoSuchFileException | FileNotFoundException elsewhere) {
                // Another root may have it.
            }
        }
        return Optional.empty();
    }

    /** The class and all of the project that it uses, by name. */
    SortedMap<String, Found> closure(String name) throws IOException {
        SortedMap<String, Found> all = new TreeMap<>();
        Deque<String> left = new ArrayDeque<>(List.of(name));
        while (!left.isEmpty()) {
            String next = left.pop();
            Optional<Found> found = all.containsKey(next) ? Optional.empty() : find(next);
            if (found.isPresent()) {
                all.put(next, found.get());
                left.addAll(found.get().file().classes());
            }
        }
        return all;
    }

    /**
     * What the class or one of its parents in the project answers; empty if none has the method.
     */
    Optional<Optional<ClassAnswer>> answer(ClassFile file, String method) throws IOException {
        Optional<ClassFile> next = Optional.of(file);
        while (next.isPresent()) {
            Optional<ClassAnswer> answer = next.get().answers().get(method);
            if (answer != null) {
                return Optional.of(answer);
            }
            next = find(next.get().parent()).map(Found::file);
        }
        return Optional.empty();
    }

    /** The first parent outside of the project, and whether one on the way is a migration. */
    ParentChain ancestry(ClassFile file) throws IOException {
        boolean migration = false;
        ClassFile last = file;
        Optional<ClassFile> next = Optional.of(file);
        while (next.isPresent()) {
            last = next.get();
            migration |= last.interfaces().contains(FlywayTypes.MIGRATION);
            next = find(last.parent()).map(Found::file);
        }
        return new ParentChain(last.parent(), migration);
    }

    /**
     * @param stranger the first parent that is not of the project
     * @param migration whether Flyway's interface is named on the way there
     */
    record ParentChain(String stranger, boolean migration) {}
}
