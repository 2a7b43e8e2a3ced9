package dev.skein.engine.framework;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * The order of version texts: part by part, numbers as numbers, missing parts as 0.
 *
 * <p>Parts are parted by dots and underscores, as Flyway has it; a part that is no number is
 * compared as text.
 */
public final class VersionOrder implements Comparator<String> {
    /** The only instance. */
    public static final VersionOrder INSTANCE = new VersionOrder();

    private static final Pattern SEPARATOR = Pattern.compile("[._]");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final String NOTHING = "0";

    private VersionOrder() {}

    @Override
    public int compare(String left, String right) {
        String[] lefts = SEPARATOR.split(left);
        String[] rights = SEPARATOR.split(right);
        for (int i = 0; i < Math.max(lefts.length, rights.length); i++) {
            int order = compareParts(part(lefts, i), part(rights, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static String part(String[] parts, int index) {
        return index < parts.length ? parts[index] : NOTHING;
    }

    private static int compareParts(String left, String right) {
        if (NUMBER.matcher(left).matches() && NUMBER.matcher(right).matches()) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        return left.compareTo(right);
    }
}
