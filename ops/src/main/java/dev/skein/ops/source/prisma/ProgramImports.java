package dev.skein.ops.source.prisma;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a project that a program of JavaScript or TypeScript is made of: itself, and what it
 * imports by a relative path, directly or through others. What is loaded by a computed name, by an
 * alias of {@code tsconfig.json} or from {@code node_modules} is not seen.
 */
final class ProgramImports {
    private static final Pattern RELATIVE =
            Pattern.compile(
                    "\\b(?:from|import|require)\\s*\\(?\\s*([\"'`])(\\.{1,2}/[^\"'`\\n]*)\\1");
    private static final List<String> ENDINGS =
            List.of(
                    "",
                    ".ts",
                    ".mts",
                    ".cts",
                    ".tsx",
                    ".js",
                    ".mjs",
                    ".cjs",
                    ".json",
                    "/index.ts",
                    "/index.js",
                    "/index.mjs",
                    "/index.cjs");
    private static final int FILES_MAX = 2_000;

    private final Path home;

    ProgramImports(Path home) {
        this.home = home;
    }

    /** Relative to the home, sorted; the program is one of them. */
    List<String> of(Path program) {
        Set<String> found = new TreeSet<>();
        Deque<Path> left = new ArrayDeque<>(List.of(program));
        while (!left.isEmpty() && found.size() < FILES_MAX) {
            Path next = left.remove();
            if (found.add(home.relativize(next).toString().replace('\\', '/'))) {
                Matcher imports = RELATIVE.matcher(text(next));
                while (imports.find()) {
                    resolved(next, imports.group(2)).ifPresent(left::add);
                }
            }
        }
        return List.copyOf(found);
    }

    /** As Node and the loaders of TypeScript do; {@code ./a.js} may be written for {@code a.ts}. */
    private Optional<Path> resolved(Path from, String name) {
        String typed = name.replaceFirst("\\.([cm]?)js$", ".$1ts");
        for (String each : List.of(name, typed)) {
            for (String ending : ENDINGS) {
                Path file = from.resolveSibling(each + ending).normalize();
                if (file.startsWith(home) && Files.isRegularFile(file)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    /** What cannot be read is refused where its digest is taken. */
    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
