package dev.skein.engine.sql;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Reads the traits of a statement from its words. */
final class StatementTraits {
    private StatementTraits() {}

    static Set<StatementTrait> of(TokenCursor words) {
        Set<StatementTrait> traits = EnumSet.noneOf(StatementTrait.class);
        switch (words.text(0).toLowerCase(Locale.ROOT)) {
            case "commit", "end", "rollback", "abort" -> {
                if (chains(words)) {
                    traits.add(StatementTrait.CHAINS);
                }
            }
            case "call" -> traits.add(StatementTrait.MAY_END_TRANSACTIONS);
            case "do" -> traits.addAll(BlockBody.of(words).traits());
            case "set", "reset", "show" -> traits.add(StatementTrait.SETS);
            case "create", "alter", "drop", "comment" -> {
                if (Definitions.isPure(words)) {
                    traits.add(StatementTrait.DEFINES);
                }
            }
            default -> {
                // Nothing more to say.
            }
        }
        return Collections.unmodifiableSet(traits);
    }

    /** {@code commit and no chain} does not. */
    private static boolean chains(TokenCursor words) {
        int and = words.indexOf("and", 1);
        return and > 0 && words.is(and + 1, "chain");
    }
}
