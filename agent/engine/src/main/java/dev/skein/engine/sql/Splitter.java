package dev.skein.engine.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;

/**
 * Cuts a script at the semicolons that end statements: those outside of literals and comments,
 * which the lexer sees to, and outside of parentheses ({@code create rule … do (a; b)}) and of
 * {@code begin atomic … end}, which {@link Nesting} sees to.
 */
final class Splitter {
    private final SourceText source;
    private final Problems problems;
    private final TokenStream tokens;
    private final StatementReader reader;
    private final Optional<CopyRows> copies;
    private final List<SplitStatement> statements = new ArrayList<>();
    private List<Lexeme> lexemes = new ArrayList<>();
    private Nesting nesting;

    private final LiteralSettings settings = new LiteralSettings();
    private final SentText sent;

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
        this.tokens = new TokenStream(source);
        this.sent = new SentText(source);
        this.reader = new StatementReader(problems);
        this.nesting = new Nesting(source, problems);
    }

    List<SplitStatement> split() {
        if (hasNul()) {
            return statements;
        }
        Optional<Lexeme> next = tokens.next();
        while (next.isPresent()) {
            Lexeme lexeme = next.get();
            if (isUnterminated(lexeme)) {
                // What follows is read as the inside of something: nothing to say about it.
                return statements;
            }
            readLiteral(lexeme);
            take(lexeme);
            next = tokens.next();
        }
        nesting.reportOpen();
        endStatement();
        return statements;
    }

    /** Wherever it stands, in a literal or a comment too: the protocol ends a text with it. */
    private boolean hasNul() {
        int found = source.text().indexOf(0);
        if (found >= 0) {
            problems.add(
                    found,
                    RefusalCode.SYNTAX,
                    "the file holds a NUL character, which PostgreSQL does not accept",
                    "Save the file as UTF-8 text without it");
        }
        return found >= 0;
    }

    private boolean isUnterminated(Lexeme lexeme) {
        tokens.open()
                .ifPresent(
                        what ->
                                problems.add(
                                        lexeme.start(),
                                        RefusalCode.UNTERMINATED,
                                        "the "
                                                + what
                                                + " that begins here does not end before the end of"
                                                + " the file",
                                        "Close it, or double a quote that belongs to the text"));
        return tokens.open().isPresent();
    }

    /** The script as it means the same in one query; see {@link SentText}. */
    String sent() {
        return sent.between(0, source.size());
    }

    private void readLiteral(Lexeme lexeme) {
        if (!settings.conformingStrings() && isOfAnotherKind(lexeme)) {
            problems.add(
                    lexeme.start(),
                    RefusalCode.STRING_ESCAPES,
                    "a literal of this kind is not read while standard_conforming_strings is off",
                    "Write it as E'…'");
        }
        if (lexeme.type() != SQLLexer.StringConstant || !sent.hasEscapes(lexeme)) {
            return;
        }
        boolean plain = source.charAt(lexeme.start()) == '\'';
        if (plain && settings.conformingStrings()) {
            return;
        }
        if (!settings.backslashQuote() && sent.hasEscapedQuote(lexeme)) {
            problems.add(
                    lexeme.start(),
                    RefusalCode.STRING_ESCAPES,
                    "the server takes no \\' while backslash_quote is off",
                    "Double the quote, or leave the setting out");
        }
        if (plain) {
            sent.escape(lexeme);
        }
    }

    /** The server refuses {@code U&'…'} then, and where {@code N'it\'s'} ends the lexer misses. */
    private boolean isOfAnotherKind(Lexeme lexeme) {
        boolean national =
                "nN".indexOf(source.charAt(lexeme.start())) >= 0
                        && source.charAt(lexeme.start() + 1) == '\'';
        return lexeme.type() == SQLLexer.UnicodeEscapeStringConstant
                || national && sent.hasEscapes(lexeme);
    }

    private void take(Lexeme lexeme) {
        switch (lexeme.type()) {
            case SQLLexer.BOM -> {
                // At the beginning it marks the encoding of the file and belongs to no statement.
                if (lexeme.start() > 0) {
                    lexemes.add(lexeme);
                }
            }
            case SQLLexer.BAD -> takeUnknown(lexeme);
            case SQLLexer.SEMI_COLON -> {
                nesting.settle(lexeme, lexemes);
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
            TokenCursor words = new TokenCursor(source, lexemes);
            if (ClientCopy.isIn(words)) {
                boolean taken =
                        copies.filter(each -> each.take(words, settings.conformingStrings()))
                                .isPresent();
                if (!taken) {
                    ClientCopy.refuse(words, problems);
                }
                source.seek(ClientCopy.endOfData(source));
            } else {
                statements.add(statement(words));
            }
        }
        beginStatement();
    }

    private void beginStatement() {
        lexemes = new ArrayList<>();
        nesting = new Nesting(source, problems);
    }

    private SplitStatement statement(TokenCursor words) {
        StatementClass reading = reader.read(words);
        settings.after(words, reading.kind());
        tokens.conformingStrings(settings.conformingStrings());
        ClientEncoding.refuse(words, source, problems);
        int start = lexemes.get(0).start();
        int end = lexemes.get(lexemes.size() - 1).end();
        SqlStatement statement =
                new SqlStatement(
                        sent.between(start, end),
                        statements.size() + 1,
                        source.line(start),
                        reading.transactionality(),
                        reading.kind(),
                        reading.target(),
                        reading.traits());
        return new SplitStatement(statement, words.fromStart());
    }
}
