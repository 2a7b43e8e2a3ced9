package dev.skein.protocol.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody who mistyped it most likely meant. */
final class SpellingSuggestion {
    private static final int LETTERS_PER_MISTAKE = 3;

    private SpellingSuggestion() {}

    /** The known word that needs the fewest changes, if one in three letters or fewer differ. */
    static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .filter(each -> distance(word, each) <= Math.max(1, tolerated(word, each)))
                .min(Comparator.comparingInt(each -> distance(word, each)));
    }

    private static int tolerated(String word, String other) {
        return Math.max(word.length(), other.length()) / LETTERS_PER_MISTAKE;
    }

    /** Levenshtein's distance: letters to insert, remove or replace. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= to.length(); column++) {
                int same = from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1;
                int replaced = diagonal + same;
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
