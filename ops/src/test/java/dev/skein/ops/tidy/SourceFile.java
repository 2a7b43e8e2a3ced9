package dev.skein.ops.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One Java file of the tree, read once. */
record SourceFile(Path path, List<String> lines) {
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?([\\w.]+?)(?:\\.\\*)?;");
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);");

    static SourceFile read(Path path) {
        try {
            return new SourceFile(path, Files.readAllLines(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    boolean isMain() {
        return path.toString().contains("/src/main/");
    }

    String packageName() {
        return lines.stream()
                .map(PACKAGE::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElse("");
    }

    List<String> imports() {
        return lines.stream()
                .map(IMPORT::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .toList();
    }

    String at(int index) {
        return path + ":" + (index + 1);
    }
}
