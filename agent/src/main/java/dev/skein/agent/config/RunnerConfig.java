package dev.skein.agent.config;

import dev.skein.protocol.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A program beside the agent that carries out delegated steps.
 *
 * @param name by which plans name it
 * @param kind whose command it is
 * @param directory where it is called; an absolute path
 * @param command what is called, without the migration; placeholders are filled in
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
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        command.forEach(Placeholders::requirePublic);
        environment.values().forEach(Placeholders::requireKnown);
    }

    static RunnerConfig read(String name, Settings settings) {
        Path directory = settings.value("directory", RunnerConfig::absolute);
        List<String> command = settings.texts("command");
        if (command.isEmpty() && !settings.isBroken("command")) {
            settings.problem("command", "needs a program, such as [.venv/bin/alembic]");
        }
        return new RunnerConfig(
                name,
                settings.choice("kind", RunnerKind.class),
                directory,
                command,
                settings.labels("environment"),
                memory(settings),
                settings.duration(
                        "time-limit", TIME_LIMIT, Duration.ofSeconds(1), Duration.ofDays(7)),
                settings.duration("grace", GRACE, Duration.ZERO, Duration.ofMinutes(10)),
                settings.optionalText("as-user"));
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
}
