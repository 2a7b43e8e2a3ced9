package dev.skein.ops.source;

import dev.skein.ops.source.flyway.FlywayFormat;
import dev.skein.ops.source.plain.SqlFormat;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A source in memory. */
public final class MapTree implements SourceTree {
    private static final Path DIRECTORY = Path.of("db");

    private final Map<String, byte[]> files = new TreeMap<>();

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

    /** A file that is listed and then cannot be read. */
    public MapTree unreadable(String path) {
        files.put(path, null);
        return this;
    }

    public Plan sql() {
        return read(Framework.SQL, new SqlFormat());
    }

    public Plan flyway() {
        return read(Framework.FLYWAY, new FlywayFormat());
    }

    private Plan read(Framework framework, SourceFormat format) {
        return new DirectorySource(framework, format)
                .read(DIRECTORY, this, SourceSettings.defaults());
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
    public byte[] bytes(String file) throws IOException {
        byte[] bytes = files.get(file);
        if (bytes == null) {
            throw new NoSuchFileException(file);
        }
        return bytes;
    }
}
