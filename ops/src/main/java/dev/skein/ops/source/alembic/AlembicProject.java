package dev.skein.ops.source.alembic;

import dev.skein.ops.source.Recording;
import dev.skein.ops.source.SourceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a team keeps what Alembic needs.
 *
 * @param directory the one that was named, absolute
 * @param ini its {@code alembic.ini}
 * @param toml its {@code pyproject.toml}, where that configures Alembic
 * @param scripts the directory of {@code env.py}, for a configuration that does not say it
 */
record AlembicProject(
        Path directory, Optional<Path> ini, Optional<Path> toml, Optional<Path> scripts) {
    private static final String INI = "alembic.ini";
    private static final String TOML = "pyproject.toml";
    private static final String ENV = "env.py";

    /** What is to be found for these settings. */
    static AlembicProject of(Path named, SourceSettings settings) {
        Path directory = named.toAbsolutePath().normalize();
        Optional<Path> config = settings.config().map(file -> beside(directory, file));
        Optional<Path> toml = config.filter(AlembicProject::isToml);
        Optional<Path> ini =
                config.isPresent()
                        ? config.filter(file -> !isToml(file))
                        : first(
                                directory.resolve(INI),
                                directory.resolve("migrations").resolve(INI),
                                directory.resolveSibling(INI));
        // A configuration of the directory above is for a directory of scripts only.
        if (ini.isPresent()
                && config.isEmpty()
                && ini.get().equals(directory.resolveSibling(INI))
                && !Files.exists(directory.resolve(ENV))) {
            ini = Optional.empty();
        }
        if (config.isEmpty()) {
            toml = first(directory.resolve(TOML)).filter(AlembicProject::configures);
        }
        Optional<Path> scripts =
                Stream.concat(
                                Stream.of(directory),
                                ini.map(Path::getParent).stream()
                                        .filter(each -> !each.equals(directory)))
                        .filter(each -> Files.exists(each.resolve(ENV)))
                        .findFirst();
        return new AlembicProject(directory, ini, toml, scripts);
    }

    private static Path beside(Path directory, Path file) {
        Path inside = directory.resolve(file);
        return (Files.exists(file) || !Files.exists(inside) ? file : inside)
                .toAbsolutePath()
                .normalize();
    }

    private static boolean isToml(Path file) {
        return file.toString().endsWith(".toml");
    }

    private static boolean configures(Path toml) {
        return mentions(toml, "[tool.alembic");
    }

    private static boolean mentions(Path file, String word) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.anyMatch(line -> line.contains(word));
        } catch (IOException | UncheckedIOException unreadable) {
            return false;
        }
    }

    private static Optional<Path> first(Path... candidates) {
        return Stream.of(candidates).filter(Files::isRegularFile).findFirst();
    }

    /** The configuration that was named, where there is no such file. */
    Optional<Path> missingConfig() {
        return ini.or(() -> toml).filter(file -> !Files.isRegularFile(file));
    }

    boolean isThere() {
        return ini.isPresent() || toml.isPresent() || scripts.isPresent();
    }

    /** Where the team calls Alembic. */
    Path home() {
        Optional<Path> config = ini.or(() -> toml).map(Path::getParent);
        if (config.isPresent() && config.equals(scripts)) {
            // Flask-Migrate keeps its alembic.ini beside env.py; its command runs further up.
            return config.get().equals(directory) ? above() : directory;
        }
        return config.orElse(directory);
    }

    private Path above() {
        boolean flask =
                scripts.map(each -> mentions(each.resolve(ENV), "current_app")).orElse(false);
        return flask && directory.getParent() != null ? directory.getParent() : directory;
    }

    /** The Python to use: the one that was named, that of a virtual environment here, or any. */
    String python(Recording recording) {
        return recording
                .command()
                .or(
                        () ->
                                List.of(".venv", "venv").stream()
                                        .map(each -> directory.resolve(each).resolve("bin/python"))
                                        .filter(Files::isExecutable)
                                        .map(Path::toString)
                                        .findFirst())
                .orElse("python3");
    }

    /** A file of the team's as plans and messages name it. */
    String name(Path file) {
        return directory
                .relativize(file.toAbsolutePath().normalize())
                .toString()
                .replace('\\', '/');
    }
}
