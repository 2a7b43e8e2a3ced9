package dev.skein.ops.source.knex;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files as messages and plans name them: relative to the project's directory. */
final class ProjectFileNames {
    private final Path directory;
    private final Map<String, String> scripts = new LinkedHashMap<>();

    ProjectFileNames(Path directory) {
        this.directory = directory;
    }

    /** Learns where the migrations are. */
    void learn(KnexProject project) {
        project.files()
                .forEach(
                        each ->
                                scripts.put(
                                        each.name(),
                                        each.path().map(this::of).orElse(each.name())));
    }

    /** The file of a migration, or its name where it has none. */
    String script(String migration) {
        return scripts.getOrDefault(migration, migration);
    }

    /** A file, relative to the directory where it is below it. */
    String of(String path) {
        if (path.isEmpty()) {
            return directory.toString();
        }
        Path root = directory.toAbsolutePath().normalize();
        Path file = Path.of(path).normalize();
        if (file.equals(root)) {
            return directory.toString();
        }
        return root.relativize(file).toString().replace('\\', '/');
    }
}
