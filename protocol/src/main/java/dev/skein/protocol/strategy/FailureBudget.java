package dev.skein.protocol.strategy;

/**
 * How many failed databases a wave may have and still pass.
 *
 * @param amount 0 or more; at most 100 where it is a percentage
 * @param percent whether the amount is a percentage of the wave's databases, rounded down
 */
public record FailureBudget(int amount, boolean percent) {
    private static final int PERCENT_MAX = 100;

    /**
     * @throws IllegalArgumentException if the amount is negative or a percentage over 100
     */
    public FailureBudget {
        if (amount < 0 || percent && amount > PERCENT_MAX) {
            throw new IllegalArgumentException(
                    "failure-budget " + amount + (percent ? "% is not 0% to 100%" : " is below 0"));
        }
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
