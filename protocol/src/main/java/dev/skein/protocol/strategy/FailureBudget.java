package dev.skein.protocol.strategy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many failed databases a wave may have and still pass.
 *
 * @param amount 0 or more; at most 100 where it is a percentage
 * @param percent whether the amount is a percentage of the wave's databases, rounded down
 */
public record FailureBudget(int amount, boolean percent) {
    private static final int PERCENT_MAX = 100;
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,9})(%?)");

    /**
     * @throws IllegalArgumentException if the amount is negative or a percentage over 100
     */
    public FailureBudget {
        if (amount < 0 || percent && amount > PERCENT_MAX) {
            throw new IllegalArgumentException(
                    "failure-budget " + amount + (percent ? "% is not 0% to 100%" : " is below 0"));
        }
    }

    /**
     * Reads the written form, such as {@code 3} or {@code 1%}.
     *
     * @throws IllegalArgumentException if it is neither a count nor a percentage in range
     */
    public static FailureBudget parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "failure-budget '" + text + "' is neither a count nor a percentage such as 1%");
        }
        return new FailureBudget(Integer.parseInt(matcher.group(1)), !matcher.group(2).isEmpty());
    }

    /** No failure is allowed. */
    public static FailureBudget none() {
        return new FailureBudget(0, false);
    }

    /** The number of failures allowed in a wave of so many databases; percentages round down. */
    public int allowed(int databases) {
        return percent ? (int) ((long) databases * amount / PERCENT_MAX) : amount;
    }

    @Override
    public String toString() {
        return percent ? amount + "%" : Integer.toString(amount);
    }
}
