package dev.skein.ops.source.flyway;

import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.SourceTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds the directories that a project's locations name. Those of the file system are relative to
 * the project's directory; those of the class path are looked for where builds take it from.
 */
final class FlywayLocations {
    private static final String FILE_SYSTEM = "filesystem:";
    private static final String CLASS_PATH = "classpath:";
    private static final List<String> CLASS_PATH_ROOTS =
            List.of("src/main/resources", "src/main/java", "src/main/kotlin", "");
    private static final List<String> DEFAULTS = List.of("filesystem:sql", "db/migration");

    private final Path directory;
    private final Function<Path, SourceTree> trees;
    private final Predicate<Path> exists;
    private final PlanProblems problems;
    private final List<Found> found = new ArrayList<>();

    /** A directory and what is looked for in it. */
    private record Found(Path path, FlywayLocation location) {
        boolean isWithin(Found other) {
            return other != this
                    && isWhole()
                    && other.isWhole()
                    && path.startsWith(other.path)
                    && !other.path.equals(path);
        }

        boolean isWhole() {
            return location.pattern().isEmpty() && !location.callbacksOnly();
        }
    }

    FlywayLocations(
            Path directory,
            Function<Path, SourceTree> trees,
            Predicate<Path> exists,
            PlanProblems problems) {
        this.directory = directory.normalize();
        this.trees = trees;
        this.exists = exists;
        this.problems = problems;
    }

    /** Those that the configuration names, else those that Flyway looks at by itself. */
    void addConfigured(FlywayConfig config, String shown) {
        List<String> named = config.list("locations");
        if (named.isEmpty()) {
            addDefault();
        }
        named.forEach(location -> add(location, shown, false));
        config.list("callbackLocations").forEach(location -> add(location, shown, true));
    }

    private void addDefault() {
        for (String location : DEFAULTS) {
            List<Path> present = roots(location).stream().filter(exists).toList();
            if (!present.isEmpty()) {
                present.forEach(path -> add(path, Optional.empty(), false));
                return;
            }
        }
        add(directory, Optional.empty(), false);
    }

    private void add(String location, String shown, boolean callbacksOnly) {
        String scheme = location.replaceFirst("^([A-Za-z0-9]{2,}:)?.*", "$1");
        if (!scheme.isEmpty() && !scheme.equals(FILE_SYSTEM) && !scheme.equals(CLASS_PATH)) {
            problems.add(
                    shown,
                    PlanProblemCode.CONFIGURATION,
                    "the location " + location + " is not on a file system",
                    "Copy it into a directory and name that one, by " + FILE_SYSTEM);
            return;
        }
        List<String> parts = Arrays.asList(withoutScheme(location).split("/"));
        int wild = firstWildcard(parts);
        String fixed = String.join("/", parts.subList(0, wild));
        List<Path> present =
                roots(scheme + (fixed.isEmpty() ? "." : fixed)).stream().filter(exists).toList();
        if (present.isEmpty()) {
            problems.add(
                    shown,
                    PlanProblemCode.NO_DIRECTORY,
                    "the location " + location + " names no directory here",
                    "Check it; it is relative to " + directory);
        }
        Optional<Pattern> pattern =
                wild == parts.size()
                        ? Optional.empty()
                        : Optional.of(FlywayLocation.pattern(parts.subList(wild, parts.size())));
        present.forEach(path -> add(path, pattern, callbacksOnly));
    }

    private static String withoutScheme(String location) {
        String path =
                location.startsWith(FILE_SYSTEM)
                        ? location.substring(FILE_SYSTEM.length())
                        : location.replaceFirst("^" + CLASS_PATH, "").replaceFirst("^/+", "");
        return path.replace('\\', '/');
    }

    private static int firstWildcard(List<String> parts) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).contains("*") || parts.get(i).contains("?")) {
                return i;
            }
        }
        return parts.size();
    }

    private List<Path> roots(String location) {
        String path = withoutScheme(location);
        return location.startsWith(FILE_SYSTEM)
                ? List.of(directory.resolve(path).normalize())
                : CLASS_PATH_ROOTS.stream()
                        .map(root -> directory.resolve(root).resolve(path).normalize())
                        .toList();
    }

    /** One more directory. */
    void add(Path path) {
        add(path, Optional.empty(), false);
    }

    private void add(Path path, Optional<Pattern> pattern, boolean callbacksOnly) {
        Path normal = path.normalize();
        FlywayLocation location =
                new FlywayLocation(trees.apply(normal), shown(normal), pattern, callbacksOnly);
        boolean known =
                pattern.isEmpty()
                        && found.stream()
                                .filter(Found::isWhole)
                                .anyMatch(each -> each.path().equals(normal));
        if (!known) {
            found.add(new Found(normal, location));
        }
    }

    private String shown(Path path) {
        if (path.equals(directory)) {
            return "";
        }
        Path shown = path.startsWith(directory) ? directory.relativize(path) : path;
        return shown.toString().replace('\\', '/') + "/";
    }

    /** All of them, but for those within others, where Flyway finds the same files once. */
    List<FlywayLocation> found() {
        return found.stream()
                .filter(each -> found.stream().noneMatch(each::isWithin))
                .map(Found::location)
                .toList();
    }
}
