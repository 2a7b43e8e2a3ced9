package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.command.OutputOption.Format;
import dev.skein.protocol.text.ControlCharacters;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * Where the result of a command is written and how it is printed. {@code -o} names a format, as it
 * does everywhere, or a path.
 */
final class WrittenOption {
    @Option(
            names = "-o",
            paramLabel = "FORMAT|PATH",
            description = {
                "text or json: as --output, here as everywhere.",
                "Anything else: where the result is written."
            })
    private List<String> given = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "How the result is printed: ${COMPLETION-CANDIDATES} (default: text).")
    private Format format;

    /**
     * To be asked before any work is done.
     *
     * @throws CommandFailed if two formats are given
     */
    void requireOneFormat() {
        json();
    }

    boolean json() {
        List<Format> formats = new ArrayList<>();
        if (format != null) {
            formats.add(format);
        }
        given.forEach(each -> format(each).ifPresent(formats::add));
        requireOne(formats.size(), "--output");
        return formats.contains(Format.json);
    }

    /** Prints the result in the format that is asked for; it steers no terminal. */
    void print(PrintWriter out, JsonNode data, String text) {
        out.println(
                json()
                        ? ControlCharacters.escapedInJson(data.toPrettyString())
                        : ControlCharacters.shownInLines(text.stripTrailing()));
        out.flush();
    }

    /**
     * Where the result is written, if that is said.
     *
     * @param option the long name of -o here
     * @param path what that was given, or null
     * @throws CommandFailed if two paths are given
     */
    Optional<Path> path(String option, Path path) {
        List<Path> paths = new ArrayList<>();
        if (path != null) {
            paths.add(path);
        }
        given.stream().filter(each -> format(each).isEmpty()).map(Path::of).forEach(paths::add);
        requireOne(paths.size(), option);
        return paths.stream().findFirst();
    }

    private static Optional<Format> format(String text) {
        return Arrays.stream(Format.values()).filter(each -> each.name().equals(text)).findFirst();
    }

    private static void requireOne(int count, String option) {
        if (count > 1) {
            throw CommandFailed.usage(option + " is given " + count + " times, -o counted in");
        }
    }
}
