package dev.skein.ops.tidy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A block of a document that holds commands for a shell: one of kind {@code sh}, or one of no kind
 * whose first line calls Skein. A line that is indented more than the first goes on with the one
 * above it. Those of kind {@code sh run} are run by a test, in their order.
 */
public record ShellBlock(Path document, boolean runs, List<String> commands) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```([^\n`]*)\n(.*?)^ *```$");
    private static final Set<String> KINDS = Set.of("", "sh", "sh run");
    private static final Pattern SKEIN = Pattern.compile("(?:\\w+=\\S+ )?(?:ops/bin/)?skein .*");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    /** Of all documents, by their paths and places. */
    public static List<ShellBlock> all() {
        return DocumentsTest.DOCUMENTS.entrySet().stream()
                .flatMap(each -> of(each.getKey(), each.getValue()))
                .toList();
    }

    static Stream<ShellBlock> of(Path document, String text) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> KINDS.contains(block.group(1)))
                .filter(block -> !block.group(1).isEmpty() || callsSkein(block.group(2)))
                .map(
                        block ->
                                new ShellBlock(
                                        document,
                                        block.group(1).equals("sh run"),
                                        commandsOf(block.group(2).stripTrailing().stripIndent())));
    }

    private static boolean callsSkein(String text) {
        return SKEIN.matcher(text.lines().findFirst().orElse("")).matches();
    }

    private static List<String> commandsOf(String text) {
        List<String> commands = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String command = line.replaceFirst("\\s#.*", "").stripTrailing();
            if (line.startsWith(" ")) {
                int last = commands.size() - 1;
                commands.set(last, commands.get(last) + " " + command.strip());
            } else {
                commands.add(command);
            }
        }
        return commands;
    }

    /** The words after {@code skein} of the commands that call it. */
    public List<List<String>> skeinCommands() {
        return commands.stream()
                .filter(each -> SKEIN.matcher(each).matches())
                .map(each -> words(each.replaceFirst("^(?:\\w+=\\S+ )?(?:ops/bin/)?skein ", "")))
                .toList();
    }

    /** As a shell takes them apart. */
    public static List<String> words(String command) {
        return WORD.matcher(command).results().map(ShellBlock::word).toList();
    }

    private static String word(MatchResult match) {
        return IntStream.rangeClosed(1, 3)
                .mapToObj(match::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return document + ": " + commands.get(0);
    }
}
