package dev.skein.engine.sql;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * A script as the lexer reads it. ANTLR's own streams count code points; this one counts UTF-16
 * units, so that the offsets of tokens are those of the string.
 */
final class SourceText implements CharStream {
    private final String file;
    private final String text;
    private final int[] lineStarts;
    private int next;

    SourceText(String file, String text) {
        this.file = Objects.requireNonNull(file, "file");
        this.text = text;
        this.lineStarts = lineStarts(text);
    }

    private static int[] lineStarts(String text) {
        return IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, text.length())
                                .filter(offset -> text.charAt(offset) == '\n')
                                .map(offset -> offset + 1))
                .toArray();
    }

    String text() {
        return text;
    }

    String text(Lexeme lexeme) {
        return text.substring(lexeme.start(), lexeme.end());
    }

    /** Whether an unquoted word reads so, in whatever case. */
    boolean reads(Lexeme lexeme, String word) {
        int length = lexeme.end() - lexeme.start();
        return length == word.length() && text.regionMatches(true, lexeme.start(), word, 0, length);
    }

    /** The character at an offset, or 0 after the end. */
    char charAt(int offset) {
        return offset < text.length() ? text.charAt(offset) : 0;
    }

    int endOfLine(int offset) {
        int end = text.indexOf('\n', offset);
        return end < 0 ? text.length() : end;
    }

    int line(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    int column(int offset) {
        return offset - lineStarts[line(offset) - 1] + 1;
    }

    @Override
    public void consume() {
        if (next >= text.length()) {
            throw new IllegalStateException("cannot consume the end of " + file);
        }
        next++;
    }

    @Override
    public int LA(int distance) {
        int offset = distance > 0 ? next + distance - 1 : next + distance;
        return offset >= 0 && offset < text.length() ? text.charAt(offset) : EOF;
    }

    @Override
    public int mark() {
        return -1;
    }

    @Override
    public void release(int marker) {
        // Nothing is buffered: the whole text stays.
    }

    @Override
    public int index() {
        return next;
    }

    @Override
    public void seek(int index) {
        next = Math.min(index, text.length());
    }

    @Override
    public int size() {
        return text.length();
    }

    @Override
    public String getSourceName() {
        return file;
    }

    @Override
    public String getText(Interval interval) {
        int end = Math.min(interval.b + 1, text.length());
        return interval.a >= end ? "" : text.substring(interval.a, end);
    }
}
