package dev.skein.ops.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The suppressions that stand in a script as comments, {@code -- skein: ignore RULE because …}:
 * each for the statement that begins below it.
 */
final class ScriptSuppressions {
    private static final Pattern COMMENT =
            Pattern.compile("(?m)^[ \\t]*--[ \\t]*skein:[ \\t]*ignore\\b(.*)$");
    private static final Pattern WORDS =
            Pattern.compile("\\s+([a-z0-9-]+)(?:\\s+because\\s+(\\S.*))?\\s*");

    private final RuleBook rules;
    private final List<Written> written = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** One of a line, from 1. */
    private record Written(int line, Suppression suppression) {}

    ScriptSuppressions(RuleBook rules, String file, String migration, String text) {
        this.rules = rules;
        Matcher comment = COMMENT.matcher(text);
        while (comment.find()) {
            int line =
                    1
                            + (int)
                                    text.substring(0, comment.start())
                                            .chars()
                                            .filter(c -> c == '\n')
                                            .count();
            read(file + ":" + line, line, migration, comment.group(1));
        }
    }

    private void read(String place, int line, String migration, String words) {
        Matcher said = WORDS.matcher(words);
        if (!said.matches() || said.group(2) == null) {
            problems.add(
                    place
                            + ": 'skein: ignore' needs a rule and a reason: -- skein: ignore RULE"
                            + " because REASON");
        } else if (rules.named(said.group(1)).isEmpty()) {
            problems.add(place + ": " + RuleBook.unknown(said.group(1)));
        } else {
            written.add(
                    new Written(
                            line,
                            new Suppression(
                                    said.group(1),
                                    Optional.of(migration),
                                    place,
                                    said.group(2).strip())));
        }
    }

    /** What is wrong with some of them. */
    List<String> problems() {
        return problems;
    }

    /** All of them. */
    List<Suppression> all() {
        return written.stream().map(Written::suppression).toList();
    }

    /**
     * Those between the statement before, which ended above that line, and one that begins there.
     */
    List<Suppression> between(int after, int begin) {
        return written.stream()
                .filter(each -> each.line() > after && each.line() <= begin)
                .map(Written::suppression)
                .toList();
    }
}
