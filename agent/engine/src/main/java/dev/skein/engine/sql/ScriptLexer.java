package dev.skein.engine.sql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;

/**
 * The grammar's lexer, with the gaps closed that would move the end of a statement:
 *
 * <ol>
 *   <li>To the grammar a backslash in {@code E'it\'s'} is a character like others; to PostgreSQL it
 *       escapes the quote after it (manual, section 4.1.2.2).
 *   <li>Where a nested comment is not closed, the grammar ends the outer one with the inner one;
 *       PostgreSQL does not (section 4.1.5).
 *   <li>To the grammar {@code -/*} is an operator; to PostgreSQL an operator ends where a comment
 *       begins (section 4.1.3).
 *   <li>Of {@code 'it''s} without its end the grammar makes a literal and a rest.
 * </ol>
 *
 * An unterminated token comes out as its opening character.
 */
final class ScriptLexer extends SQLLexer {
    // Possessive throughout: matching neither backtracks nor recurses, however long the literal.
    private static final String SEGMENT = "'(?:[^'\\\\]++|\\\\.|'')*+'";
    private static final String JOINER =
            "(?:[ \\t\\f]|--[^\\r\\n]*+)*+[\\r\\n](?:\\s|--[^\\r\\n]*+[\\r\\n])*+";
    private static final Pattern ESCAPE_STRING =
            Pattern.compile("[eE]?" + SEGMENT + "(?:" + JOINER + SEGMENT + ")*+", Pattern.DOTALL);
    private static final Pattern COMMENT_DELIMITER = Pattern.compile("/\\*|\\*/");

    private static final Pattern COMMENT_BEGIN = Pattern.compile("/\\*|--");

    private final SourceText source;

    /** Whether a backslash in a literal without a prefix stands for itself. */
    private boolean conformingStrings = true;

    ScriptLexer(SourceText source) {
        super(source);
        this.source = source;
        removeErrorListeners();
    }

    /** Sets how the literals after this are read: {@code standard_conforming_strings}. */
    void conformingStrings(boolean conforming) {
        conformingStrings = conforming;
    }

    @Override
    public Token emit() {
        switch (_type) {
            case StringConstant -> endLiteral();
            case QUOTE_CHAR -> endUnended();
            case UnicodeEscapeStringConstant -> openIfFollowedBy('\'', QUOTE_CHAR);
            case QuotedIdentifier, UnicodeQuotedIdentifier -> openIfFollowedBy('"', DOUBLE_QUOTE);
            case BlockComment -> endComment();
            case OP_CHARS -> endOperator();
            default -> {
                // The grammar agrees with PostgreSQL.
            }
        }
        return super.emit();
    }

    private void endLiteral() {
        if (isPlain()) {
            openIfFollowedBy('\'', QUOTE_CHAR);
            return;
        }
        _type = QUOTE_CHAR;
        endUnended();
    }

    /** To the grammar {@code 'it\'} may be the whole literal, or one without an end. */
    private void endUnended() {
        Matcher literal = ESCAPE_STRING.matcher(source.text());
        literal.region(_tokenStartCharIndex, source.size());
        if (!isPlain() && literal.lookingAt()) {
            source.seek(literal.end());
            _type = StringConstant;
        }
    }

    private boolean isPlain() {
        char first = source.charAt(_tokenStartCharIndex);
        return first == '\'' ? conformingStrings : "eE".indexOf(first) < 0;
    }

    /** A quote directly after a closing one is a doubled quote, so it has not closed anything. */
    private void openIfFollowedBy(char quote, int opening) {
        if (source.charAt(source.index()) == quote) {
            _type = opening;
        }
    }

    /** The grammar takes the first character of the comment, or all of it, into the operator. */
    private void endOperator() {
        Matcher comment = COMMENT_BEGIN.matcher(source.text());
        comment.region(_tokenStartCharIndex + 1, Math.min(source.index() + 1, source.size()));
        if (comment.find()) {
            source.seek(comment.start());
        }
    }

    private void endComment() {
        Matcher delimiter = COMMENT_DELIMITER.matcher(source.text());
        delimiter.region(_tokenStartCharIndex, source.size());
        int depth = 0;
        while (delimiter.find()) {
            depth += source.charAt(delimiter.start()) == '/' ? 1 : -1;
            if (depth == 0) {
                source.seek(delimiter.end());
                return;
            }
        }
        _type = DIVIDE;
    }
}
