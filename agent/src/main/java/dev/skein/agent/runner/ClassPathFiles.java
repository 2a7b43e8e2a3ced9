package dev.skein.agent.runner;

import dev.skein.agent.config.RunnerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a runner's class path holds: the first entry that has a name wins, as for the Java that
 * runs. What {@code lib/*} stands for comes in the order of the names, while Java leaves its order
 * open.
 */
final class ClassPathFiles {
    private static final String ALL = "*";
    private static final String JAR = ".jar";

    private ClassPathFiles() {}

    /** The bytes of a class or another file. */
    static Optional<byte[]> first(RunnerConfig runner, String name) throws IOException {
        for (String entry : runner.classPath()) {
            for (Path place : places(runner.directory(), entry)) {
                Optional<byte[]> found = in(place, name);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static List<Path> places(Path directory, String entry) throws IOException {
        if (!entry.equals(ALL) && !entry.endsWith("/" + ALL)) {
            return List.of(directory.resolve(entry));
        }
        Path folder = directory.resolve(entry.substring(0, entry.length() - 1));
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.filter(each -> each.toString().toLowerCase(Locale.ROOT).endsWith(JAR))
                    .sorted()
                    .toList();
        }
    }

    private static Optional<byte[]> in(Path place, String name) throws IOException {
        if (Files.isDirectory(place)) {
            Path file = place.resolve(name);
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        }
        return Files.isRegularFile(place) ? inJar(place, name) : Optional.empty();
    }

    private static Optional<byte[]> inJar(Path jar, String name) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry found = zip.getEntry(name);
            if (found == null) {
                return Optional.empty();
            }
            try (InputStream bytes = zip.getInputStream(found)) {
                return Optional.of(bytes.readAllBytes());
            }
        }
    }
}
