package dev.skein.ops.source.prisma;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code prisma.config} file says of where things lie. It is a program, which is read and
 * not run: a path is known where it is written as a literal, or as {@code path.join} of literals.
 */
final class PrismaConfig {
    private static final String LITERAL = "\"[^\"\\n]*\"|'[^'\\n]*'|`[^`$]*`";
    private static final Pattern COMMENT_OR_LITERAL =
            Pattern.compile(
                    "(\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*'|`(?:\\\\.|[^`\\\\])*`)"
                            + "|//[^\\n]*|(?s:/\\*.*?\\*/)");
    private static final Pattern MIGRATIONS = key("migrations");
    private static final Pattern PATH = key("path");
    private static final Pattern SCHEMA = key("schema");
    private static final Pattern VALUE =
            Pattern.compile(
                    "\\s*:\\s*(?:(?<one>"
                            + LITERAL
                            + ")|(?:path\\s*\\.\\s*)?(?:join|resolve)\\s*\\(\\s*(?:(?:__dirname"
                            + "|import\\.meta\\.dirname)\\s*,\\s*)?(?<parts>(?:"
                            + LITERAL
                            + ")(?:\\s*,\\s*(?:"
                            + LITERAL
                            + "))*)\\s*,?\\s*\\))\\s*(?=[,}]|$)");
    private static final Pattern PART = Pattern.compile(LITERAL);

    private final Path directory;
    private final String name;
    private final String text;

    /**
     * @param directory the one of the file, by which Prisma takes its paths
     * @param name of the file
     */
    PrismaConfig(Path directory, String name, String text) {
        this.directory = directory;
        this.name = name;
        this.text = uncommented(text);
    }

    String name() {
        return name;
    }

    /** Where the file says that the migrations are; empty if it does not, or computes it. */
    Optional<Path> migrations() {
        return section().flatMap(section -> value(PATH, section)).map(this::resolved);
    }

    /** Whether the place of the migrations is the result of a computation. */
    boolean computesMigrations() {
        return migrations().isEmpty()
                && section().map(section -> PATH.matcher(section).find()).orElse(false);
    }

    /** The schema that the file names by a literal. */
    Optional<Path> schema() {
        return value(SCHEMA, text).map(this::resolved);
    }

    private Path resolved(String path) {
        return directory.resolve(path).normalize();
    }

    /** A key in quotes or without; a shorthand is one as well. */
    private static Pattern key(String key) {
        return Pattern.compile("(?<![\\w.$])[\"']?\\b" + key + "\\b[\"']?(?=\\s*[:,}])");
    }

    /** Between the braces of {@code migrations}; without braces it is computed as a whole. */
    private Optional<String> section() {
        Matcher found = MIGRATIONS.matcher(text);
        if (!found.find()) {
            return Optional.empty();
        }
        String rest = text.substring(found.end()).replaceFirst("^\\s*:\\s*", "");
        return Optional.of(rest.startsWith("{") ? block(rest) : "path,");
    }

    private static String block(String rest) {
        int depth = 0;
        Matcher each = Pattern.compile(LITERAL + "|[{}]").matcher(rest);
        while (each.find()) {
            depth += each.group().equals("{") ? 1 : each.group().equals("}") ? -1 : 0;
            if (depth == 0) {
                return rest.substring(1, each.start());
            }
        }
        return rest;
    }

    private static Optional<String> value(Pattern key, String text) {
        Matcher found = key.matcher(text);
        if (!found.find()) {
            return Optional.empty();
        }
        Matcher value = VALUE.matcher(text).region(found.end(), text.length());
        if (!value.lookingAt()) {
            return Optional.empty();
        }
        return Optional.of(
                value.group("one") != null
                        ? bare(value.group("one"))
                        : PART.matcher(value.group("parts"))
                                .results()
                                .map(part -> bare(part.group()))
                                .reduce((above, below) -> above + "/" + below)
                                .orElseThrow());
    }

    private static String bare(String literal) {
        return literal.substring(1, literal.length() - 1);
    }

    private static String uncommented(String text) {
        return COMMENT_OR_LITERAL
                .matcher(text)
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        found.group(1) == null ? " " : found.group(1)));
    }
}
