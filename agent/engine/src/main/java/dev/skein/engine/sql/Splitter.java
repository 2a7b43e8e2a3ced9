package dev.skein.engine.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;

/**
 * Cuts a script at the semicolons that end statements: those outside of literals and comments,
 * which the lexer sees to, and outside of parentheses ({@code create rule … do (a; b)}) and of
 * {@code begin atomic … end}, which {@link Nesting} sees to.
 */
final class Splitter {
    private final SourceText source;
    private final Problems problems;
    private final ScriptLexer lexer;
    private final StatementReader reader;
    private final Optional<CopyRows> copies;
    private final List<SqlStatement> statements = new ArrayList<>();
    private List<Lexeme> lexemes = new ArrayList<>();
    private Nesting nesting;

    Splitter(SourceText source, Problems problems) {
        this(source, problems, Optional.empty());
    }

    /**
     * @param copies takes the rows that scripts hold for {@code copy}; refused where absent
     */
    Splitter(SourceText source, Problems problems, Optional<CopyRows> copies) {
        this.source = source;
        this.copies = copies;
        this.problems = problems;
        this.lexer = new ScriptLexer(source);
        this.reader = new StatementReader(problems);
        this.nesting = new Nesting(source, problems);
    }

    List<SqlStatement> split() {
        Token token = lexer.nextToken();
        while (token.getType() != Token.EOF) {
            if (unterminated(token)) {
                // What follows is read as the inside of something: nothing to say about it.
                return statements;
            }
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                take(token);
            }
            token = lexer.nextToken();
        }
        nesting.reportOpen();
        endStatement();
        return statements;
    }

    private boolean unterminated(Token token) {
        int start = token.getStartIndex();
        String what =
                switch (token.getType()) {
                    case SQLLexer.QUOTE_CHAR -> "string literal";
                    case SQLLexer.DOUBLE_QUOTE -> "quoted name";
                    case SQLLexer.DIVIDE -> source.charAt(start + 1) == '*' ? "comment" : null;
                    case SQLLexer.BeginDollarStringConstant ->
                            skipDollarQuoted() ? null : "text quoted with " + token.getText();
                    default -> null;
                };
        if (what == null) {
            return false;
        }
        problems.add(
                start,
                RefusalCode.UNTERMINATED,
                "the " + what + " that begins here does not end before the end of the file",
                "Close it, or double a quote that belongs to the text");
        return true;
    }

    private boolean skipDollarQuoted() {
        int type = lexer.nextToken().getType();
        while (type != SQLLexer.EndDollarStringConstant && type != Token.EOF) {
            type = lexer.nextToken().getType();
        }
        return type != Token.EOF;
    }

    private void take(Token token) {
        int start = token.getStartIndex();
        // Not the token's own end: a dollar-quoted text has been read beyond its first token.
        Lexeme lexeme = new Lexeme(token.getType(), start, source.index());
        switch (token.getType()) {
            case SQLLexer.BOM -> {
                // At the beginning it marks the encoding of the file and belongs to no statement.
                if (start > 0) {
                    lexemes.add(lexeme);
                }
            }
            case SQLLexer.BAD -> takeUnknown(lexeme);
            case SQLLexer.SEMI_COLON -> {
                if (nesting.isOpen()) {
                    lexemes.add(lexeme);
                } else {
                    endStatement();
                }
            }
            default -> {
                nesting.enter(lexeme, lexemes);
                lexemes.add(lexeme);
            }
        }
    }

    private void takeUnknown(Lexeme lexeme) {
        char character = source.charAt(lexeme.start());
        if (character == '\\') {
            skipPsqlCommand(lexeme);
        } else if (character == 0) {
            problems.add(
                    lexeme.start(),
                    RefusalCode.SYNTAX,
                    "the file holds a NUL character, which PostgreSQL does not accept",
                    "Save the file as UTF-8");
        } else {
            lexemes.add(lexeme);
        }
    }

    private void skipPsqlCommand(Lexeme backslash) {
        int end = source.endOfLine(backslash.start());
        String command = source.text().substring(backslash.start(), end).split("\\s", 2)[0];
        problems.add(
                backslash.start(),
                RefusalCode.PSQL_COMMAND,
                command + " is a command of psql; the server does not know it",
                "Write it as SQL, or leave it out");
        // Its arguments are not SQL, and it may have ended the statement before it.
        source.seek(end);
        beginStatement();
    }

    private void endStatement() {
        if (!lexemes.isEmpty()) {
            Words words = new Words(source, lexemes);
            if (ClientCopy.isIn(words)) {
                if (copies.isEmpty() || !copies.get().take(words)) {
                    ClientCopy.refuse(words, problems);
                }
                source.seek(ClientCopy.endOfData(source));
            } else {
                statements.add(statement(reader.read(words)));
            }
        }
        beginStatement();
    }

    private void beginStatement() {
        lexemes = new ArrayList<>();
        nesting = new Nesting(source, problems);
    }

    private SqlStatement statement(Reading reading) {
        int start = lexemes.get(0).start();
        int end = lexemes.get(lexemes.size() - 1).end();
        return new SqlStatement(
                source.text().substring(start, end),
                source.line(start),
                reading.transactionality(),
                reading.kind(),
                reading.target());
    }
}
