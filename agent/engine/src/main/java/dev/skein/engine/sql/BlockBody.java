package dev.skein.engine.sql;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The body of a {@code do}. One in PL/pgSQL, which is the language where none is named, has SQL's
 * tokens; of one in another language only the words are looked at, wherever they stand.
 */
final class BlockBody {
    private static final List<String> TELLTALES = List.of("commit", "rollback", "call");

    private final Optional<String> text;
    private final boolean ownLanguage;

    private BlockBody(Optional<String> text, boolean ownLanguage) {
        this.text = text;
        this.ownLanguage = ownLanguage;
    }

    /**
     * @param words of the whole statement
     */
    static BlockBody of(TokenCursor words) {
        Optional<String> text = Optional.empty();
        boolean ownLanguage = true;
        int index = 1;
        while (index < words.size()) {
            if (words.is(index, "language")) {
                ownLanguage = words.isAny(index + 1, "plpgsql", "\"plpgsql\"", "'plpgsql'");
                index++;
            } else {
                text = content(words.text(index));
            }
            index++;
        }
        return new BlockBody(text, ownLanguage);
    }

    /** What a literal says, where that takes no more than to strip its quotes. */
    private static Optional<String> content(String literal) {
        if (literal.startsWith("$")) {
            int tag = literal.indexOf('$', 1) + 1;
            return Optional.of(literal.substring(tag, literal.length() - tag));
        }
        boolean plain = literal.startsWith("'") && literal.length() > 1;
        String inner = plain ? literal.substring(1, literal.length() - 1) : "";
        boolean continued = inner.replace("''", "").contains("'");
        return plain && !continued ? Optional.of(inner.replace("''", "'")) : Optional.empty();
    }

    Set<StatementTrait> traits() {
        Set<StatementTrait> traits = EnumSet.noneOf(StatementTrait.class);
        Optional<TokenCursor> words = text.filter(body -> ownLanguage).flatMap(TokenCursor::read);
        if (words.isPresent()
                ? mentions(words.get())
                : text.map(BlockBody::mentions).orElse(true)) {
            traits.add(StatementTrait.MAY_END_TRANSACTIONS);
        }
        if (words.isPresent() && endsTransactions(words.get())) {
            traits.add(StatementTrait.ENDS_TRANSACTIONS);
        }
        if (words.isPresent() && BlockSettings.lastIn(words.get())) {
            traits.add(StatementTrait.SETS_SESSION);
        }
        return traits;
    }

    private static boolean mentions(String body) {
        String lower = body.toLowerCase(Locale.ROOT);
        return TELLTALES.stream().anyMatch(lower::contains);
    }

    private static boolean mentions(TokenCursor words) {
        for (int index = 0; index < words.size(); index++) {
            if (words.is(index, "call") || isEnd(words, index)) {
                return true;
            }
        }
        return false;
    }

    /** A temporary table's {@code on commit drop} ends nothing. */
    private static boolean isEnd(TokenCursor words, int index) {
        return words.isAny(index, "commit", "rollback") && !words.is(index - 1, "on");
    }

    private static boolean endsTransactions(TokenCursor words) {
        for (int index = 0; index < words.size(); index++) {
            if (isEnd(words, index) && words.isAny(index + 1, ";", "work", "transaction", "and")) {
                return true;
            }
        }
        return false;
    }
}
