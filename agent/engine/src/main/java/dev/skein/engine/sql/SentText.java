package dev.skein.engine.sql;

import java.util.Map;
import java.util.TreeMap;

/**
 * A script's text as it means, sent as one query, what psql and the frameworks make of it statement
 * by statement.
 *
 * <p>The server reads a query as a whole, before any setting in it takes effect. So where the
 * script has switched {@code standard_conforming_strings} off, its literals with a backslash become
 * escape strings, which read the same whatever the setting is (PostgreSQL, section 4.1.2.2). Lines
 * stay where they are.
 */
final class SentText {
    private static final String QUOTE = "\\'";

    private final SourceText source;

    /** What is put in front of the literals that begin at these offsets. */
    private final TreeMap<Integer, String> prefixes = new TreeMap<>();

    SentText(SourceText source) {
        this.source = source;
    }

    boolean hasEscapes(Lexeme literal) {
        return source.text(literal).indexOf('\\') >= 0;
    }

    boolean hasEscapedQuote(Lexeme literal) {
        return source.text(literal).replace("\\\\", "").contains(QUOTE);
    }

    /** Makes a literal an escape string. */
    void escape(Lexeme literal) {
        int start = literal.start();
        boolean joined = start > 0 && isPartOfWord(source.charAt(start - 1));
        prefixes.put(start, joined ? " E" : "E");
    }

    private static boolean isPartOfWord(char character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '$';
    }

    String between(int start, int end) {
        StringBuilder text = new StringBuilder();
        int done = start;
        for (Map.Entry<Integer, String> prefix : prefixes.subMap(start, end).entrySet()) {
            text.append(source.text(), done, prefix.getKey()).append(prefix.getValue());
            done = prefix.getKey();
        }
        return text.append(source.text(), done, end).toString();
    }
}
