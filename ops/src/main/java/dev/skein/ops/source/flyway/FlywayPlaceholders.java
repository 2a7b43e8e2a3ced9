package dev.skein.ops.source.flyway;

import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.SourceScript;
import java.util.Optional;

/**
 * Replaces placeholders as Flyway does (its class PlaceholderReplacingReader), in the whole text:
 * comments, literals and the rows of a {@code copy} too. What is put in is not read again.
 *
 * <p>Where the text begins like a prefix and goes on otherwise, Flyway takes what it has read as
 * plain text: {@code $${x}} is two dollars and no placeholder.
 */
final class FlywayPlaceholders {
    private final FlywaySettings.Syntax syntax;
    private final FlywayValues values;
    private final PlanProblems problems;

    FlywayPlaceholders(FlywaySettings.Syntax syntax, FlywayValues values, PlanProblems problems) {
        this.syntax = syntax;
        this.values = values;
        this.problems = problems;
    }

    /** The script's text, its placeholders replaced if that is set. */
    String text(FlywayScript script) {
        return script.replaced() ? replaced(script) : script.raw();
    }

    private String replaced(FlywayScript script) {
        String raw = script.raw();
        StringBuilder text = new StringBuilder(raw.length());
        int next = 0;
        while (next < raw.length()) {
            int begin = raw.indexOf(syntax.prefix().charAt(0), next);
            text.append(raw, next, begin < 0 ? raw.length() : begin);
            next = begin;
            if (begin < 0) {
                break;
            }
            int read = readAhead(raw, next);
            if (!raw.substring(next, read).equals(syntax.prefix())) {
                text.append(raw, next, read);
                next = read;
                continue;
            }
            int end = raw.indexOf(syntax.suffix(), read);
            String name = end < 0 ? "" : raw.substring(read, end);
            Optional<String> value = end < 0 ? Optional.empty() : values.value(name, script.file());
            if (value.isEmpty()) {
                refuse(script.with(raw), next, end < 0 ? "" : name);
            }
            next = end < 0 ? raw.length() : end + syntax.suffix().length();
            // Without a value it stays, so that the rest still reads as it was meant.
            text.append(value.orElse(raw.substring(begin, next)));
        }
        return text.toString();
    }

    /** Where Flyway stops to compare what it has read with the prefix. */
    private int readAhead(String raw, int from) {
        String prefix = syntax.prefix();
        int read = from + 1;
        while (read < raw.length()
                && read - from < prefix.length()
                && prefix.startsWith(raw.substring(from, read))) {
            read++;
        }
        return read;
    }

    private void refuse(SourceScript script, int at, String name) {
        if (name.isEmpty()) {
            problems.add(
                    script.file(),
                    script.line(at),
                    PlanProblemCode.PLACEHOLDER,
                    "Flyway would read a placeholder from '%s' on, and it does not end"
                            .formatted(syntax.prefix()),
                    "Close it by '%s', or set placeholderReplacement=false in %s.conf"
                            .formatted(syntax.suffix(), script.file()));
            return;
        }
        boolean shared = !values.isMachines(name);
        problems.add(
                script.file(),
                script.line(at),
                PlanProblemCode.PLACEHOLDER,
                "the placeholder "
                        + syntax.prefix()
                        + name
                        + syntax.suffix()
                        + (shared
                                ? " has no value"
                                : " is another directory on each machine and has no value"),
                "Give it by --placeholder '%s=VALUE'".formatted(name)
                        + (shared
                                ? ", or by --placeholder-label '%s=LABEL' where each database has"
                                                .formatted(name)
                                        + " its own"
                                : ""));
    }
}
