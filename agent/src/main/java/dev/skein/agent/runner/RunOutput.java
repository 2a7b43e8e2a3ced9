package dev.skein.agent.runner;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a run prints: its last lines, without secrets and control characters. Any thread.
 *
 * <p>Bounded to 64 KiB of text, 2,000 characters a line.
 */
final class RunOutput {
    private static final int CHARACTERS_MAX = 64 << 10;
    private static final int LINE_MAX = 2_000;
    private static final int END_MAX = 8 << 10;
    private static final int SECRET_MIN = 4;

    /** User and password of an address. */
    private static final Pattern CREDENTIALS = Pattern.compile("(://[^:/@\\s]*):[^@/\\s]*@");

    /** Colours of terminals, then whatever else is no character. */
    private static final Pattern CONTROL =
            Pattern.compile("\\x1b\\[[0-9;?]*[A-Za-z]|[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069]");

    private final List<String> secrets;
    private final Deque<String> lines = new ArrayDeque<>();
    private int characters;

    RunOutput(List<String> secrets) {
        this.secrets = secrets.stream().filter(each -> each.length() >= SECRET_MIN).toList();
    }

    synchronized void add(String printed) {
        String line = clean(printed);
        lines.add(line);
        characters += line.length() + 1;
        while (characters > CHARACTERS_MAX) {
            characters -= lines.remove().length() + 1;
        }
    }

    private String clean(String printed) {
        String line = printed;
        for (String secret : secrets) {
            line = line.replace(secret, "***");
        }
        line = CREDENTIALS.matcher(line).replaceAll("$1:***@");
        line = CONTROL.matcher(line.replace('\t', ' ')).replaceAll("");
        return line.length() <= LINE_MAX ? line : line.substring(0, LINE_MAX) + "…";
    }

    /** All that is kept. */
    synchronized String text() {
        return String.join("\n", lines);
    }

    /** Its last 8 KiB. */
    String end() {
        String text = text().strip();
        return text.length() <= END_MAX ? text : "…" + text.substring(text.length() - END_MAX);
    }

    synchronized Optional<String> lastLine() {
        return lines.stream()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .map(String::strip);
    }
}
