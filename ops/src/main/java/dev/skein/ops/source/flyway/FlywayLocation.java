package dev.skein.ops.source.flyway;

import dev.skein.ops.source.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A directory that is searched for scripts.
 *
 * @param tree the directory, or what lies above the first wildcard
 * @param shown the directory in messages, with a slash at its end; empty for that of the project
 * @param pattern which paths below it belong to the location; all where absent
 * @param callbacksOnly whether only its callbacks count
 */
record FlywayLocation(
        SourceTree tree, String shown, Optional<Pattern> pattern, boolean callbacksOnly) {
    private static final String RELATIVE = "relpath";

    /** What it holds, by the names of the files. */
    List<FlywayFile> files(FlywayNaming naming) throws IOException {
        List<FlywayFile> files = new ArrayList<>();
        for (String path : tree.filesBelow()) {
            script(path).map(script -> file(path, script, naming)).ifPresent(files::add);
        }
        return files;
    }

    /** Whether a file that it holds counts. */
    boolean takes(FlywayFile file) {
        return !callbacksOnly
                || file.name().type() == FlywayFileType.CALLBACK
                || file.name().type() == FlywayFileType.SCRIPT_SETTINGS;
    }

    private FlywayFile file(String path, String script, FlywayNaming naming) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return new FlywayFile(tree, path, script, shown + path, FlywayFileName.parse(name, naming));
    }

    /** The path as the version table has it; empty if the location does not hold the file. */
    private Optional<String> script(String path) {
        if (pattern.isEmpty()) {
            return Optional.of(path);
        }
        Matcher matcher = pattern.get().matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean relative = pattern.get().pattern().contains("<" + RELATIVE + ">");
        return Optional.of(relative ? matcher.group(RELATIVE) : path);
    }

    /**
     * What Flyway makes of the part of a location from its first wildcard on (its class
     * LocationParser): {@code **} is any number of directories, {@code *} and {@code ?} stay within
     * one; a last part without a dot names directories.
     */
    static Pattern pattern(List<String> parts) {
        StringBuilder regex = new StringBuilder();
        boolean first = true;
        boolean file = false;
        for (String part : parts) {
            if (!first) {
                regex.append('/');
            }
            boolean deep = part.equals("**");
            file = !deep && part.contains(".");
            first = deep;
            regex.append(
                    deep
                            ? "([^/]+/)*?"
                            : part.replace(".", "\\.").replace("?", "[^/]").replace("*", "[^/]+?"));
        }
        if (!file) {
            regex.append("/(?<" + RELATIVE + ">.*)");
        }
        return Pattern.compile(regex.toString());
    }
}
