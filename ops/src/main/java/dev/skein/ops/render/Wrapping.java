package dev.skein.ops.render;

import java.util.ArrayList;
import java.util.List;

/** Breaks lines between words. A word that is wider than the line is not broken. */
final class Wrapping {
    private static final int HANGING = 4;
    private static final String COMMAND = "skein ";
    private static final String GOES_ON = " \\";

    private Wrapping() {}

    /** The lines of a text, each at most so wide where its words allow it. */
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        int at = breakOf(rest, width);
        while (at >= 0) {
            lines.add(rest.substring(0, at).stripTrailing());
            rest = rest.substring(at).stripLeading();
            at = breakOf(rest, width);
        }
        lines.add(rest);
        return lines;
    }

    /** Where a text is broken: at its last blank that fits, else at its first; -1 if it fits. */
    private static int breakOf(String text, int width) {
        if (text.length() <= width) {
            return -1;
        }
        int start = text.length() - text.stripLeading().length();
        int last = text.lastIndexOf(' ', width);
        return last > start ? last : text.indexOf(' ', start);
    }

    /**
     * One line of a text as lines of that width. What follows the first is indented further; a
     * command can be copied as it stands.
     */
    static List<String> fitted(String line, int width) {
        if (line.length() <= width) {
            return List.of(line);
        }
        int indent = line.length() - line.stripLeading().length();
        boolean command = line.startsWith(COMMAND, indent);
        String goesOn = command ? GOES_ON : "";
        int first = width - goesOn.length();
        int next = Math.max(1, first - indent - HANGING);
        List<String> begun = lines(line, first);
        List<String> fitted = new ArrayList<>();
        fitted.add(begun.get(0));
        String rest = line.substring(begun.get(0).length()).stripLeading();
        if (!rest.isEmpty()) {
            String margin = " ".repeat(indent + HANGING);
            lines(rest, next).forEach(each -> fitted.add(margin + each));
        }
        for (int each = 0; each < fitted.size() - 1; each++) {
            fitted.set(each, fitted.get(each) + goesOn);
        }
        return fitted;
    }
}
