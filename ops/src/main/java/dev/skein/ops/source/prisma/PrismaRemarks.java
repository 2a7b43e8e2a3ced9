package dev.skein.ops.source.prisma;

import dev.skein.ops.source.ConnectionOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says what of a project's settings has no effect on a plan and may be missed. */
final class PrismaRemarks {
    private static final int DEPTH_MAX = 3;
    private static final Pattern FILE =
            Pattern.compile(".*\\.prisma|\\.env|prisma\\.config\\.[cm]?[jt]s");
    private static final Pattern SCHEMA =
            Pattern.compile("postgres(?:ql)?://[^\\s\"'`]*[?&]schema=([^&\\s\"'`]+)");

    private final Path directory;
    private final Consumer<String> notes;

    PrismaRemarks(Path directory, Consumer<String> notes) {
        this.directory = directory;
        this.notes = notes;
    }

    /** Agents have connections of their own, so the schema of the project's is lost. */
    void make() {
        for (Path file : files()) {
            String text = text(file);
            ConnectionOptions.inAddresses(text).stream()
                    .map(each -> ConnectionOptions.remark(shown(file), each))
                    .forEach(notes);
            Matcher schema = SCHEMA.matcher(text);
            if (schema.find() && !schema.group(1).equals("public")) {
                notes.accept(
                        "%s: schema=%s in the connection's address has no effect: agents connect by"
                                        .formatted(shown(file), schema.group(1))
                                + " themselves; give --version-table "
                                + schema.group(1)
                                + "."
                                + PrismaFormat.TABLE
                                + " and let the agent's role have this schema first in its"
                                + " search_path, or name it as a target");
            }
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all =
                Files.find(
                        directory,
                        DEPTH_MAX,
                        (path, attributes) ->
                                attributes.isRegularFile()
                                        && FILE.matcher(path.getFileName().toString()).matches()
                                        && !path.toString().contains("node_modules"))) {
            return all.sorted().toList();
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
    }

    private String shown(Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
