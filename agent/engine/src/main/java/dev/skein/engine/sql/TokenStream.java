package dev.skein.engine.sql;

import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;

/** The visible tokens of a text, one after the other; a dollar-quoted text is one of them. */
final class TokenStream {
    private final SourceText source;
    private final ScriptLexer lexer;
    private Optional<String> open = Optional.empty();

    TokenStream(SourceText source) {
        this.source = source;
        this.lexer = new ScriptLexer(source);
    }

    /** How the literals after this are read; see {@link ScriptLexer#conformingStrings}. */
    void conformingStrings(boolean conforming) {
        lexer.conformingStrings(conforming);
    }

    /** The next token; empty after the last. */
    Optional<Lexeme> next() {
        Token token = lexer.nextToken();
        while (token.getType() != Token.EOF) {
            open = opened(token);
            if (open.isPresent() || token.getChannel() == Token.DEFAULT_CHANNEL) {
                // Not the token's own end: a dollar-quoted text has been read beyond it.
                return Optional.of(
                        new Lexeme(token.getType(), token.getStartIndex(), source.index()));
            }
            token = lexer.nextToken();
        }
        return Optional.empty();
    }

    /**
     * What the last token begins and the text does not end: a literal, a quoted name or a comment.
     * Whatever comes after such a token is read as the inside of something.
     */
    Optional<String> open() {
        return open;
    }

    private Optional<String> opened(Token token) {
        int start = token.getStartIndex();
        return Optional.ofNullable(
                switch (token.getType()) {
                    case SQLLexer.QUOTE_CHAR -> "string literal";
                    case SQLLexer.DOUBLE_QUOTE -> "quoted name";
                    case SQLLexer.DIVIDE -> source.charAt(start + 1) == '*' ? "comment" : null;
                    case SQLLexer.BeginDollarStringConstant ->
                            skipDollarQuoted() ? null : "text quoted with " + token.getText();
                    default -> null;
                });
    }

    private boolean skipDollarQuoted() {
        int type = lexer.nextToken().getType();
        while (type != SQLLexer.EndDollarStringConstant && type != Token.EOF) {
            type = lexer.nextToken().getType();
        }
        return type != Token.EOF;
    }
}
