package dev.skein.ops.source;

import dev.skein.ops.source.flyway.FlywaySource;
import dev.skein.ops.source.plain.SqlFormat;
import dev.skein.ops.source.prisma.PrismaFormat;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A source in memory. */
public final class MapTree implements SourceTree {
    private static final Path DIRECTORY = Path.of("db");

    private final Map<String, byte[]> files = new TreeMap<>();
    private boolean placed;

    public static MapTree tree() {
        return new MapTree();
    }

    public MapTree file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public MapTree file(String path, byte[] bytes) {
        files.put(path, bytes);
        return this;
    }

    /** Plans of this tree say where their statements stand. */
    public MapTree placed() {
        placed = true;
        return this;
    }

    /** A file that is listed and then cannot be read. */
    public MapTree unreadable(String path) {
        files.put(path, null);
        return this;
    }

    public Plan sql() {
        return read(Framework.SQL, new SqlFormat());
    }

    public Plan flyway() {
        return flyway(SourceSettings.defaults());
    }

    /** This tree as a directory of Flyway; everything else is not there. */
    public Plan flyway(SourceSettings settings) {
        return flyway(settings, note -> {});
    }

    /** What is said beside the plan. */
    public List<String> flywayNotes() {
        List<String> notes = new ArrayList<>();
        flyway(SourceSettings.defaults(), notes::add);
        return notes;
    }

    private Plan flyway(SourceSettings settings, Consumer<String> notes) {
        return shown(
                new FlywaySource(this::at, this::isDirectory, Map.of("REGION", "eu"), notes)
                        .read(DIRECTORY, settings));
    }

    private SourceTree at(Path path) {
        Path normal = path.normalize();
        Path known = normal.isAbsolute() ? DIRECTORY.toAbsolutePath() : DIRECTORY;
        String below = known.relativize(normal).toString();
        MapTree part = new MapTree();
        files.forEach(
                (file, bytes) -> {
                    if (below.isEmpty()) {
                        part.files.put(file, bytes);
                    } else if (file.startsWith(below + "/")) {
                        part.files.put(file.substring(below.length() + 1), bytes);
                    }
                });
        return part;
    }

    private boolean isDirectory(Path path) {
        return !((MapTree) at(path)).files.isEmpty();
    }

    public Plan prisma() {
        return read(Framework.PRISMA, new PrismaFormat());
    }

    private Plan read(Framework framework, SourceFormat format) {
        return shown(
                new DirectorySource(framework, format)
                        .read(DIRECTORY, this, SourceSettings.defaults()));
    }

    private Plan shown(Plan plan) {
        return placed ? plan : Unplaced.plan(plan);
    }

    @Override
    public List<String> files() {
        return filesBelow().stream().filter(path -> !path.contains("/")).toList();
    }

    @Override
    public List<String> filesBelow() {
        return List.copyOf(files.keySet());
    }

    @Override
    public List<String> directories() {
        return files.keySet().stream()
                .filter(path -> path.contains("/"))
                .map(path -> path.substring(0, path.indexOf('/')))
                .distinct()
                .toList();
    }

    @Override
    public byte[] bytes(String file) throws IOException {
        byte[] bytes = files.get(file);
        if (bytes == null) {
            throw new NoSuchFileException(file);
        }
        return bytes;
    }
}
