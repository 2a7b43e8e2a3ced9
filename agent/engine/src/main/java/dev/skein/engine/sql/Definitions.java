package dev.skein.engine.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells statements of which the catalogue shows all that they do. The kinds of objects are those
 * that agents compare after an interruption; owners, privileges and rows are not compared.
 */
final class Definitions {
    private static final Set<String> MODIFIERS =
            Set.of(
                    "global",
                    "local",
                    "temp",
                    "temporary",
                    "unlogged",
                    "unique",
                    "recursive",
                    "materialized",
                    "foreign",
                    "constraint",
                    "event");

    private static final Set<String> KINDS =
            Set.of(
                    "aggregate",
                    "cast",
                    "collation",
                    "domain",
                    "extension",
                    "function",
                    "index",
                    "operator",
                    "policy",
                    "procedure",
                    "publication",
                    "routine",
                    "rule",
                    "schema",
                    "sequence",
                    "server",
                    "statistics",
                    "table",
                    "trigger",
                    "type",
                    "view");

    /** Of other objects a comment is no part of what is compared. */
    private static final Set<String> COMMENTED =
            Set.of(
                    "aggregate",
                    "column",
                    "constraint",
                    "function",
                    "index",
                    "policy",
                    "procedure",
                    "routine",
                    "rule",
                    "sequence",
                    "table",
                    "trigger",
                    "type",
                    "view");

    private Definitions() {}

    /**
     * @param words of a {@code create}, {@code alter}, {@code drop} or {@code comment}, from the
     *     beginning
     */
    static boolean isPure(TokenCursor words) {
        if (words.is(0, "comment")) {
            return COMMENTED.contains(lower(words, kindAt(words, 2))) && !ofDomain(words);
        }
        int kind = kindAt(words, words.is(1, "or") ? 3 : 1);
        String word = lower(words, kind);
        if (!KINDS.contains(word) || isFamily(words, kind)) {
            return false;
        }
        return switch (lower(words, 0)) {
            case "create" -> isPureCreation(words, word, kind);
            case "alter" -> isPureAlteration(words, word);
            default -> true;
        };
    }

    private static int kindAt(TokenCursor words, int from) {
        int index = from;
        while (MODIFIERS.contains(lower(words, index)) && !isCommented(words, index)) {
            index++;
        }
        return index;
    }

    /** {@code comment on constraint c on t} speaks of the constraint itself. */
    private static boolean isCommented(TokenCursor words, int index) {
        return words.is(0, "comment") && words.is(index, "constraint");
    }

    private static String lower(TokenCursor words, int index) {
        return words.text(index).toLowerCase(Locale.ROOT);
    }

    private static boolean ofDomain(TokenCursor words) {
        return words.is(2, "constraint") && words.indexOf("domain", 3) >= 0;
    }

    /** What an operator family or class consists of is compared for classes of an index only. */
    private static boolean isFamily(TokenCursor words, int kind) {
        return words.is(kind, "operator") && words.is(kind + 1, "family");
    }

    private static boolean isPureCreation(TokenCursor words, String word, int kind) {
        return switch (word) {
            case "table" -> !isFilled(words, kind);
            case "schema" -> words.indexOf("grant", kind) < 0;
            default -> true;
        };
    }

    /** {@code create table … as}: outside of parentheses the word stands nowhere else. */
    private static boolean isFilled(TokenCursor words, int kind) {
        int depth = 0;
        for (int index = kind; index < words.size(); index++) {
            depth += words.depthChange(index);
            if (depth == 0 && words.is(index, "as")) {
                return !words.endsWith("with", "no", "data");
            }
        }
        return false;
    }

    private static boolean isPureAlteration(TokenCursor words, String word) {
        return switch (word) {
            // Its version is not compared, and its script may do anything.
            case "extension" -> false;
            case "table" -> !rewritesValues(words) && !changesUnseen(words);
            default -> !changesUnseen(words);
        };
    }

    private static boolean rewritesValues(TokenCursor words) {
        return words.indexOf("type", 2) >= 0 && words.indexOf("using", 2) >= 0;
    }

    private static boolean changesUnseen(TokenCursor words) {
        return List.of("owner", "restart", "depends").stream()
                        .anyMatch(each -> words.indexOf(each, 2) >= 0)
                || words.indexOf("set", 2) >= 0
                        && words.is(words.indexOf("tablespace", 2) - 1, "set");
    }
}
