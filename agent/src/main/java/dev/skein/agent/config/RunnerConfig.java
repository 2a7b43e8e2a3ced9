package dev.skein.agent.config;

import dev.skein.protocol.settings.Settings;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program beside the agent that carries out delegated steps.
 *
 * @param name by which plans name it
 * @param kind whose command it is
 * @param directory where it is called; an absolute path
 * @param command what is called, without the migration; placeholders are filled in
 * @param classPath what a Java program gets in that order: directories, jars and {@code lib/*},
 *     relative to the directory; of kind flyway alone
 * @param environment its variables beside those of libpq, with placeholders
 * @param memoryMax bytes of address space, where bounded
 * @param timeLimit after which a run is ended; 1 s to 7 days
 * @param grace between asking a run to end and ending it; 0 to 10 min
 * @param user as whom it runs; the agent's own where absent
 */
public record RunnerConfig(
        String name,
        RunnerKind kind,
        Path directory,
        List<String> command,
        List<String> classPath,
        SortedMap<String, String> environment,
        OptionalLong memoryMax,
        Duration timeLimit,
        Duration grace,
        Optional<String> user) {
    private static final Duration TIME_LIMIT = Duration.ofMinutes(10);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final long MEMORY_MIN = 16L << 20;
    private static final long MEMORY_MAX = 1L << 44;

    /**
     * @throws IllegalArgumentException if a placeholder is unknown, or a secret would stand on the
     *     command line
     */
    public RunnerConfig {
        command = List.copyOf(command);
        classPath = List.copyOf(classPath);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        command.forEach(Placeholders::requirePublic);
        classPath.forEach(RunnerConfig::requirePlain);
        environment.values().forEach(Placeholders::requireKnown);
    }

    /** Reads the section of that name; for {@code Settings.named}. */
    public static RunnerConfig read(String name, Settings settings) {
        Path directory = settings.value("directory", RunnerConfig::absolute);
        RunnerKind kind = settings.choice("kind", RunnerKind.class);
        boolean java = kind == RunnerKind.FLYWAY;
        return new RunnerConfig(
                name,
                kind,
                directory,
                command(java, settings),
                classPath(java, settings),
                settings.labels("environment"),
                memory(settings),
                settings.duration(
                        "time-limit", TIME_LIMIT, Duration.ofSeconds(1), Duration.ofDays(7)),
                settings.duration("grace", GRACE, Duration.ZERO, Duration.ofMinutes(10)),
                settings.optionalText("as-user"));
    }

    private static List<String> command(boolean java, Settings settings) {
        List<String> command = settings.texts("command");
        if (java && !settings.has("command")) {
            return List.of("java");
        }
        if (command.isEmpty() && !settings.isBroken("command")) {
            settings.problem("command", "needs a program, such as [.venv/bin/alembic]");
        }
        return command;
    }

    private static List<String> classPath(boolean java, Settings settings) {
        List<String> classPath = settings.texts("class-path");
        if (java && classPath.isEmpty() && !settings.isBroken("class-path")) {
            settings.problem(
                    "class-path",
                    "needs the project's classes, Flyway and the driver, such as"
                            + " [target/classes, 'lib/*']");
        }
        if (!java && settings.has("class-path")) {
            settings.problem("class-path", "is for runners of kind flyway");
        }
        return classPath;
    }

    private static void requirePlain(String entry) {
        if (entry.isBlank() || entry.contains(File.pathSeparator) || entry.contains("{")) {
            throw new IllegalArgumentException(
                    "'" + entry + "' is no directory, jar or lib/* of a class path");
        }
    }

    private static OptionalLong memory(Settings settings) {
        return settings.has("memory-max")
                ? OptionalLong.of(settings.bytes("memory-max", MEMORY_MIN, MEMORY_MIN, MEMORY_MAX))
                : OptionalLong.empty();
    }

    static Path absolute(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("'" + text + "' is not an absolute path");
        }
        return path;
    }

    /** The labels whose values its command and its environment ask for. */
    public SortedSet<String> labels() {
        return Stream.concat(command.stream(), environment.values().stream())
                .flatMap(Placeholders::labelsIn)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The same for databases whose ids name no schema, where one stands for it. */
    public RunnerConfig inSchema(String schema) {
        SortedMap<String, String> variables = new TreeMap<>();
        environment.forEach(
                (key, value) -> variables.put(key, Placeholders.inSchema(value, schema)));
        return new RunnerConfig(
                name,
                kind,
                directory,
                command.stream().map(each -> Placeholders.inSchema(each, schema)).toList(),
                classPath,
                variables,
                memoryMax,
                timeLimit,
                grace,
                user);
    }
}
