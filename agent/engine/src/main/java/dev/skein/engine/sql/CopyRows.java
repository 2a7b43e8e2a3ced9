package dev.skein.engine.sql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rows in a script for {@code copy … from stdin}, in PostgreSQL's text format (manual, COPY),
 * written as insert statements. The values stay untyped literals, so that each takes the type of
 * its column; columns that generate their own value take the one of the row, as with copy.
 */
final class CopyRows {
    private static final int ROWS_IN_STATEMENT_MAX = 500;
    private static final Pattern END = Pattern.compile("^\\\\\\.[ \\t\\r]*$", Pattern.MULTILINE);
    private static final String PLAIN = "bfnrtv";
    private static final String MEANT = "\b\f\n\r\t\u000B";

    private final SourceText source;
    private final Problems problems;
    private final StringBuilder text = new StringBuilder();
    private int done;
    private boolean conforming = true;

    CopyRows(SourceText source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /**
     * Takes a copy statement that has just been read, with its rows.
     *
     * @param conformingStrings whether a backslash in a literal stands for itself there
     * @return whether it could; if not, the statement is none whose rows can be written otherwise
     */
    boolean take(TokenCursor words, boolean conformingStrings) {
        conforming = conformingStrings;
        int endpoint = ClientCopy.endpoint(words);
        if (!words.is(endpoint - 1, "from")) {
            return false;
        }
        if (!isTextFormat(words, endpoint + 1)) {
            problems.add(
                    words.start(),
                    RefusalCode.COPY_STDIN,
                    "the rows of this copy are not in the plain text format, the only one that can"
                            + " be written as insert statements",
                    "Leave the options away, with the rows between tabs, or write inserts");
            return true;
        }
        int data = Math.min(source.endOfLine(source.index()) + 1, source.size());
        Matcher end = END.matcher(source.text());
        if (!end.find(data)) {
            problems.add(
                    words.start(),
                    RefusalCode.UNTERMINATED,
                    "the rows of the copy that begins here do not end before the end of the file",
                    "End them by a line with \\. alone");
            return true;
        }
        text.append(source.text(), done, words.start());
        append(words.between(1, endpoint - 1), source.text().substring(data, end.start()));
        done = end.end();
        return true;
    }

    private static boolean isTextFormat(TokenCursor words, int next) {
        int index = words.is(next, "with") ? next + 1 : next;
        return index == words.size()
                || words.size() == index + 4
                        && words.is(index, "(")
                        && words.is(index + 1, "format")
                        && words.isAny(index + 2, "text", "'text'");
    }

    private void append(String table, String data) {
        if (data.isEmpty()) {
            return;
        }
        String head = "insert into " + table + " overriding system value values";
        String[] rows = data.split("\n", -1);
        for (int row = 0; row < rows.length - 1; row++) {
            boolean first = row % ROWS_IN_STATEMENT_MAX == 0;
            text.append(first ? (row == 0 ? "" : ";") + head : ",").append('\n');
            appendRow(rows[row]);
        }
        text.append("\n;");
    }

    private void appendRow(String line) {
        String row = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        String separator = "(";
        for (String field : row.split("\t", -1)) {
            text.append(separator);
            appendField(field);
            separator = ", ";
        }
        text.append(')');
    }

    private void appendField(String field) {
        if (field.equals("\\N")) {
            text.append("null");
            return;
        }
        StringBuilder value = new StringBuilder();
        int next = 0;
        while (next < field.length()) {
            char character = field.charAt(next);
            if (character == '\\' && next + 1 < field.length()) {
                next = appendEscaped(value, field, next + 1);
            } else {
                value.append(character);
                next++;
            }
        }
        String words = value.toString();
        text.append(conforming ? "'" + words.replace("'", "''") + "'" : SqlText.literal(words));
    }

    /** Writes what an escape means; the offset after it. */
    private static int appendEscaped(StringBuilder value, String field, int at) {
        char first = field.charAt(at);
        int radix = first == 'x' ? 16 : 8;
        int begin = first == 'x' ? at + 1 : at;
        int longest = begin + (first == 'x' ? 2 : 3);
        int end = begin;
        while (end < Math.min(longest, field.length())
                && Character.digit(field.charAt(end), radix) >= 0) {
            end++;
        }
        if (end > begin) {
            value.append((char) Integer.parseInt(field.substring(begin, end), radix));
            return end;
        }
        int known = PLAIN.indexOf(first);
        value.append(known < 0 ? first : MEANT.charAt(known));
        return at + 1;
    }

    /** The whole script, once all of it has been read. */
    String replaced() {
        return text + source.text().substring(done);
    }
}
