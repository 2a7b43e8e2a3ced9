package dev.skein.ops.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.command.SkeinCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParameterException;

/** Each command in a block of a document is one that can be typed. */
class DocumentedCommandsTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```([^\n`]*)\n(.*?)^ *```$");
    private static final Set<String> SHELL = Set.of("", "sh", "sh run");
    private static final Pattern COMMAND = Pattern.compile("(?:\\$ )?(?:ops/bin/)?skein (.*)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    @Test
    void everyCommandOfADocumentCanBeTyped() {
        List<String> refused = new ArrayList<>();
        List<String> typed = new ArrayList<>();
        DocumentsTest.DOCUMENTS.forEach(
                (path, text) -> {
                    for (String words : commandsOf(text)) {
                        typed.add(words);
                        refusal(words).ifPresent(why -> refused.add(path + ": " + why));
                    }
                });
        assertThat(refused).isEmpty();
        assertThat(typed).hasSizeGreaterThan(10);
    }

    static List<String> commandsOf(String text) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> SHELL.contains(block.group(1).strip()))
                .flatMap(block -> block.group(2).lines())
                .map(String::strip)
                .map(COMMAND::matcher)
                .filter(each -> each.matches())
                .map(each -> each.group(1).replaceFirst("\\s#.*", ""))
                .toList();
    }

    /** Brackets in a document stand around what may be left out. */
    private static Optional<String> refusal(String words) {
        String[] arguments =
                WORD.matcher(words.replaceAll("[\\[\\]]", ""))
                        .results()
                        .map(DocumentedCommandsTest::word)
                        .toArray(String[]::new);
        try {
            SkeinCommand.commandLine().parseArgs(arguments);
            return Optional.empty();
        } catch (ParameterException refused) {
            return Optional.of("skein " + words + ": " + refused.getMessage());
        }
    }

    private static String word(MatchResult match) {
        return IntStream.rangeClosed(1, 3)
                .mapToObj(match::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }
}
