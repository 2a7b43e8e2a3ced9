package dev.skein.engine.postgres;

import dev.skein.protocol.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What two statements have in common that differ in values only: the text without literals and
 * numbers, of a {@code do} block the text of its body, with what that executes. Stateless.
 */
final class StatementShape {
    private static final int SHOWN = 80;
    private static final int DIGITS = 8;
    private static final String BLOCK = "do ";

    private static final Pattern LITERAL =
            Pattern.compile(" ?\\bE'(?:[^']++|'')*+'|'(?:[^']++|'')*+'");

    /** A statement that a block executes: a text in the text. */
    private static final Pattern EXECUTED = Pattern.compile("execute ('(?:[^']++|'')*+')");

    private static final Pattern NUMBER = Pattern.compile("(?<![\\w\"])-?\\d+(?![\\w\"])");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final String VALUE = "(?:'\\?'|\\b0\\b|\\bnull\\b|\\btrue\\b|\\bfalse\\b)";
    private static final Pattern LIST = Pattern.compile(VALUE + "(?:, ?" + VALUE + ")+");
    private static final Pattern ROWS = Pattern.compile("(\\([^()]*+\\))(?:, \\1)+");

    private static final Pattern COMMENT = Pattern.compile("(?m)^--.*$");
    private static final Pattern PART =
            Pattern.compile("(?s)'[^']*+'|\"[^\"]*+\"|(\\$\\w++\\$).*?\\1|.");

    private StatementShape() {}

    /** The shapes of the statements of one message, each on a line that begins with its digest. */
    static List<String> of(String message) {
        return statements(message).stream().map(StatementShape::line).toList();
    }

    private static String line(String statement) {
        String shape =
                isBlock(statement) ? BLOCK + plain(whole(body(statement))) : plain(statement);
        String shown = shape.length() <= SHOWN ? shape : shape.substring(0, SHOWN) + "…";
        return Sha256.hex(shape).substring(0, DIGITS) + " " + shown;
    }

    private static boolean isBlock(String statement) {
        return statement.startsWith(BLOCK) && statement.endsWith("'");
    }

    private static String body(String block) {
        return block.substring(block.indexOf('\'') + 1, block.length() - 1)
                .replace("''", "'")
                .replace("\\\\", "\\");
    }

    /** With the texts that it executes in the place of their literals. */
    private static String whole(String body) {
        return EXECUTED.matcher(body)
                .replaceAll(
                        found -> {
                            String text = body(found.group(1));
                            String inner = isBlock(text) ? body(text) : text;
                            return Matcher.quoteReplacement("execute " + whole(inner));
                        });
    }

    private static String plain(String text) {
        String withoutLiterals = LITERAL.matcher(text).replaceAll("'?'");
        String withoutNumbers = NUMBER.matcher(withoutLiterals).replaceAll("0");
        String onOneLine = SPACE.matcher(withoutNumbers).replaceAll(" ").strip();
        String withoutLists = LIST.matcher(onOneLine).replaceAll("'?'");
        return ROWS.matcher(withoutLists).replaceAll("$1");
    }

    /** Cut at the semicolons outside of literals and names. */
    private static List<String> statements(String message) {
        List<String> statements = new ArrayList<>();
        Matcher part = PART.matcher(COMMENT.matcher(message).replaceAll(""));
        StringBuilder statement = new StringBuilder();
        while (part.find()) {
            if (part.group().equals(";")) {
                add(statements, statement);
                statement.setLength(0);
            } else {
                statement.append(part.group());
            }
        }
        add(statements, statement);
        return statements;
    }

    private static void add(List<String> statements, StringBuilder statement) {
        String text = statement.toString().strip();
        if (!text.isEmpty()) {
            statements.add(text);
        }
    }
}
