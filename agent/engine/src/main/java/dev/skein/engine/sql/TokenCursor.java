package dev.skein.engine.sql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cursor over the lexemes of one statement, which are also called its words. Keywords are
 * compared as text, so that words which the grammar does not know as keywords work too.
 *
 * <p>Whoever has a question about a statement that no {@link StatementKind} and no {@link
 * StatementTrait} answers asks its words, and never the text: a word in a comment or a literal is
 * none.
 */
public final class TokenCursor {
    /** The bytes that PostgreSQL keeps of a name: NAMEDATALEN less one. */
    private static final int NAME_BYTES_MAX = 63;

    private final SourceText source;
    private final List<Lexeme> lexemes;
    private int next;

    TokenCursor(SourceText source, List<Lexeme> lexemes) {
        this.source = source;
        this.lexemes = lexemes;
    }

    /**
     * The words of a statement that was read from a script.
     *
     * @throws IllegalArgumentException if a literal or a comment in it does not end
     */
    public static TokenCursor of(String statement) {
        return read(statement)
                .orElseThrow(() -> new IllegalArgumentException("no statement: " + statement));
    }

    /** The words of a text; none if something in it does not end. */
    static Optional<TokenCursor> read(String text) {
        SourceText source = new SourceText("text", text);
        TokenStream tokens = new TokenStream(source);
        List<Lexeme> lexemes = new ArrayList<>();
        Optional<Lexeme> next = tokens.next();
        while (next.isPresent()) {
            lexemes.add(next.get());
            next = tokens.next();
        }
        return tokens.open().isPresent()
                ? Optional.empty()
                : Optional.of(new TokenCursor(source, lexemes));
    }

    public int size() {
        return lexemes.size();
    }

    /** Where the statement begins in the script. */
    int start() {
        return lexemes.get(0).start();
    }

    /** Where the cursor stands in the script; at the statement's last word once past it. */
    int position() {
        return lexemes.get(Math.min(next, lexemes.size() - 1)).start();
    }

    boolean atEnd() {
        return next >= lexemes.size();
    }

    /** Whether the word at an index reads so, in whatever case; false where there is none. */
    public boolean is(int index, String word) {
        return index >= 0 && index < lexemes.size() && source.reads(lexemes.get(index), word);
    }

    /** Whether the word at an index is one of these, in whatever case. */
    public boolean isAny(int index, String... words) {
        for (String word : words) {
            if (is(index, word)) {
                return true;
            }
        }
        return false;
    }

    /** The index of the first such word from an index on, or -1. */
    public int indexOf(String word, int from) {
        for (int index = from; index < lexemes.size(); index++) {
            if (is(index, word)) {
                return index;
            }
        }
        return -1;
    }

    /** The word at an index as it is written; empty where there is none. */
    public String text(int index) {
        return index < lexemes.size() ? source.text(lexemes.get(index)) : "";
    }

    /** The script's text from one word to before another. */
    String between(int from, int to) {
        return source.text().substring(lexemes.get(from).start(), lexemes.get(to - 1).end());
    }

    /** A cursor over the same words, at the first. */
    TokenCursor fromStart() {
        return new TokenCursor(source, lexemes);
    }

    /** The index of the first such words in a row, or -1. */
    public int indexOfAll(String... words) {
        for (int index = 0; index + words.length <= lexemes.size(); index++) {
            if (isAllAt(index, words)) {
                return index;
            }
        }
        return -1;
    }

    /** The last word as it is written. */
    public String last() {
        return text(lexemes.size() - 1);
    }

    /** The statement's own text from one word on. */
    public String textFrom(int index) {
        return index < lexemes.size() ? between(index, lexemes.size()) : "";
    }

    boolean endsWith(String... words) {
        return isAllAt(lexemes.size() - words.length, words);
    }

    boolean at(String... words) {
        return isAllAt(next, words);
    }

    private boolean isAllAt(int first, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!is(first + i, words[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether a word follows anywhere from the cursor on. */
    boolean ahead(String word) {
        return indexOf(word, next) >= 0;
    }

    /** Steps over these words where they are what follows, all of them in this order. */
    boolean skip(String... words) {
        boolean found = at(words);
        if (found) {
            next += words.length;
        }
        return found;
    }

    /** Steps over an option list in parentheses; the words inside it, none where there is none. */
    TokenCursor skipOptions() {
        if (!at("(")) {
            return new TokenCursor(source, List.of());
        }
        int closing = closing(next);
        TokenCursor options = new TokenCursor(source, lexemes.subList(next + 1, closing));
        next = closing + 1;
        return options;
    }

    /**
     * The index of the parenthesis that closes the one at an index; the statement's end if none.
     */
    int closing(int opening) {
        int depth = 0;
        for (int index = opening; index < lexemes.size(); index++) {
            depth += depthChange(index);
            if (depth == 0) {
                return index;
            }
        }
        return lexemes.size();
    }

    int depthChange(int index) {
        if (is(index, "(")) {
            return 1;
        }
        return is(index, ")") ? -1 : 0;
    }

    /** Steps over a name of up to three parts; the catalogue part, if any, is dropped. */
    Optional<ObjectName> name() {
        Optional<String> schema = Optional.empty();
        Optional<String> last = part();
        while (last.isPresent() && skip(".")) {
            schema = last;
            last = part();
        }
        Optional<String> qualifier = schema;
        return last.map(name -> new ObjectName(qualifier, name));
    }

    private Optional<String> part() {
        if (atEnd()) {
            return Optional.empty();
        }
        String text = source.text(lexemes.get(next));
        if (text.startsWith("\"")) {
            String inner = text.substring(1, text.length() - 1).replace("\"\"", "\"");
            if (inner.isEmpty()) {
                return Optional.empty();
            }
            next++;
            return Optional.of(truncated(inner));
        }
        boolean word = text.indexOf('\'') < 0 && text.indexOf('"') < 0 && startsWord(text);
        if (!word) {
            return Optional.empty();
        }
        next++;
        return Optional.of(truncated(folded(text)));
    }

    private static boolean startsWord(String text) {
        return text.charAt(0) == '_' || Character.isLetter(text.codePointAt(0));
    }

    /** Lower case for ASCII only, as a server with a multi-byte encoding folds. */
    private static String folded(String text) {
        StringBuilder folded = new StringBuilder(text);
        for (int i = 0; i < folded.length(); i++) {
            char letter = folded.charAt(i);
            if (letter >= 'A' && letter <= 'Z') {
                folded.setCharAt(i, (char) (letter - 'A' + 'a'));
            }
        }
        return folded.toString();
    }

    private static String truncated(String name) {
        String kept = name;
        while (kept.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
            kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
        }
        return kept;
    }
}
