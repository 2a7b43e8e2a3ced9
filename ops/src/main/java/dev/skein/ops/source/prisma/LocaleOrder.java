package dev.skein.ops.source.prisma;

import java.io.Serializable;
import java.text.Normalizer;
import java.util.Comparator;

/**
 * The order in which Prisma applies migrations, which is that of JavaScript's {@code localeCompare}
 * in English: the root order of the Unicode Collation Algorithm, in which no printing character is
 * ignored.
 *
 * <ol>
 *   <li>Letters without their accents and case, digits, and before both the punctuation, in an
 *       order of its own: {@code a_b} comes before {@code a-b}, and both before {@code ab}.
 *   <li>Where that is the same, accents: none before any.
 *   <li>Where that is the same too, case: lower before upper.
 * </ol>
 *
 * <p>Exact for ASCII and for Latin letters that are an ASCII letter with accents. All other
 * characters come last, by code point.
 */
final class LocaleOrder implements Comparator<String>, Serializable {
    private static final long serialVersionUID = 1L;

    private static final String ASCENDING =
            " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz";

    @Override
    public int compare(String one, String other) {
        String first = Normalizer.normalize(one, Normalizer.Form.NFD);
        String second = Normalizer.normalize(other, Normalizer.Form.NFD);
        int byLetters = compare(letters(first), letters(second));
        if (byLetters != 0) {
            return byLetters;
        }
        int byAccents = accents(first).compareTo(accents(second));
        return byAccents != 0 ? byAccents : swappedCase(first).compareTo(swappedCase(second));
    }

    private static int compare(int[] first, int[] second) {
        for (int i = 0; i < Math.min(first.length, second.length); i++) {
            if (first[i] != second[i]) {
                return Integer.compare(weight(first[i]), weight(second[i]));
            }
        }
        return Integer.compare(first.length, second.length);
    }

    private static int weight(int character) {
        int ascending = ASCENDING.indexOf(character);
        return ascending < 0 ? ASCENDING.length() + character : ascending;
    }

    private static int[] letters(String name) {
        return name.codePoints()
                .filter(each -> !isAccent(each) && !Character.isISOControl(each))
                .map(Character::toLowerCase)
                .toArray();
    }

    /** A blank for each character without an accent, so that the first difference decides. */
    private static String accents(String name) {
        StringBuilder accents = new StringBuilder();
        name.codePoints().forEach(each -> accents.appendCodePoint(isAccent(each) ? each : ' '));
        return accents.toString();
    }

    private static boolean isAccent(int character) {
        return Character.getType(character) == Character.NON_SPACING_MARK;
    }

    private static String swappedCase(String name) {
        StringBuilder swapped = new StringBuilder();
        name.codePoints()
                .map(
                        each ->
                                Character.isUpperCase(each)
                                        ? Character.toLowerCase(each)
                                        : Character.toUpperCase(each))
                .forEach(swapped::appendCodePoint);
        return swapped.toString();
    }
}
