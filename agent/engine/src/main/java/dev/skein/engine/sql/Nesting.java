package dev.skein.engine.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;

/**
 * What is open at a point of one statement: parentheses, brackets, and in a {@code create function}
 * or {@code create procedure} the body {@code begin atomic … end} with the {@code case … end} in
 * it.
 */
final class Nesting {
    /** Signs and reserved words of which none begins an expression. */
    private static final List<String> AFTER_LABEL =
            List.of(
                    ",",
                    ";",
                    ")",
                    "]",
                    "from",
                    "into",
                    "where",
                    "group",
                    "having",
                    "window",
                    "union",
                    "intersect",
                    "except",
                    "order",
                    "limit",
                    "offset",
                    "fetch",
                    "for");

    private final SourceText source;
    private final Problems problems;
    private final Deque<Lexeme> open = new ArrayDeque<>();

    Nesting(SourceText source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    boolean isOpen() {
        return !open.isEmpty();
    }

    /**
     * Closes a {@code case} that turns out to be a column's label, {@code select w case from t}: no
     * expression begins with what follows it.
     */
    void settle(Lexeme lexeme, List<Lexeme> before) {
        boolean justOpened =
                isOpen()
                        && open.peek().type() == SQLLexer.CASE
                        && open.peek() == before.get(before.size() - 1);
        if (justOpened && AFTER_LABEL.stream().anyMatch(word -> source.reads(lexeme, word))) {
            open.pop();
        }
    }

    /** Takes the next lexeme of the statement, given those before it. */
    void enter(Lexeme lexeme, List<Lexeme> before) {
        settle(lexeme, before);
        switch (lexeme.type()) {
            case SQLLexer.LEFT_PAREN, SQLLexer.LEFT_BRACKET -> open.push(lexeme);
            case SQLLexer.RIGHT_PAREN -> close(lexeme, SQLLexer.LEFT_PAREN);
            case SQLLexer.RIGHT_BRACKET -> close(lexeme, SQLLexer.LEFT_BRACKET);
            case SQLLexer.COLON -> refusePsqlVariable(lexeme, before);
            case SQLLexer.ATOMIC -> {
                if (!isOpen() && last(before, "begin") && isRoutine(before)) {
                    open.push(lexeme);
                }
            }
            case SQLLexer.CASE -> {
                if (isOpen() && !isColumnName(before)) {
                    open.push(lexeme);
                }
            }
            case SQLLexer.END -> {
                if (isOpen() && ends(open.peek(), before)) {
                    open.pop();
                }
            }
            default -> {
                // Nothing opens or closes.
            }
        }
    }

    private void close(Lexeme lexeme, int opening) {
        if (isOpen() && open.peek().type() == opening) {
            open.pop();
            return;
        }
        problems.add(
                lexeme.start(),
                RefusalCode.SYNTAX,
                "'" + source.text(lexeme) + "' closes nothing that was opened in this statement",
                "Take it away, or open it");
    }

    private boolean isRoutine(List<Lexeme> before) {
        TokenCursor words = new TokenCursor(source, before);
        words.skip("create");
        words.skip("or", "replace");
        return words.at("function") || words.at("procedure");
    }

    /**
     * Statements of a body end with semicolons, so that an {@code end} anywhere else in it is a
     * column's label, with or without {@code as}.
     */
    private boolean ends(Lexeme block, List<Lexeme> before) {
        return switch (block.type()) {
            case SQLLexer.ATOMIC -> last(before, ";") || last(before, "atomic");
            case SQLLexer.CASE -> !isColumnName(before);
            default -> false;
        };
    }

    private static boolean isBlock(Lexeme lexeme) {
        return lexeme.type() == SQLLexer.ATOMIC || lexeme.type() == SQLLexer.CASE;
    }

    /** Whether the word that follows can only be a name, as in {@code t.end} and {@code as end}. */
    private boolean isColumnName(List<Lexeme> before) {
        return last(before, ".") || last(before, "as");
    }

    private boolean last(List<Lexeme> before, String word) {
        return !before.isEmpty() && source.reads(before.get(before.size() - 1), word);
    }

    /**
     * A colon before a name is PostgreSQL's only in the bounds of an array slice and between key
     * and value of a JSON constructor, where a value stands before it.
     */
    private void refusePsqlVariable(Lexeme colon, List<Lexeme> before) {
        boolean slice = isOpen() && open.peek().type() == SQLLexer.LEFT_BRACKET;
        boolean inParentheses = isOpen() && open.peek().type() == SQLLexer.LEFT_PAREN;
        boolean keyBefore = inParentheses && endsValue(before);
        char first = source.charAt(colon.end());
        boolean name = Character.isLetter(first) || "_'\"".indexOf(first) >= 0;
        if (name && !slice && !keyBefore) {
            problems.add(
                    colon.start(),
                    RefusalCode.PSQL_VARIABLE,
                    "a variable of psql stands here; the server does not know it",
                    "Write the value itself");
        }
    }

    private boolean endsValue(List<Lexeme> before) {
        if (before.isEmpty()) {
            return false;
        }
        char end = source.charAt(before.get(before.size() - 1).end() - 1);
        return Character.isLetterOrDigit(end) || "_$'\")]".indexOf(end) >= 0;
    }

    /** Reports what is still open at the end of the script. */
    void reportOpen() {
        if (isOpen()) {
            Lexeme innermost = open.peek();
            String what = source.text(innermost);
            problems.add(
                    innermost.start(),
                    RefusalCode.SYNTAX,
                    "'" + what + "' is not closed before the end of the file",
                    isBlock(innermost) ? "Write its 'end'" : "Close it");
        }
    }
}
