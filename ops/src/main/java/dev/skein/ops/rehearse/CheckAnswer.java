package dev.skein.ops.rehearse;

/**
 * The two answers to one check query.
 *
 * @param before the first migration: rows apart by semicolons, columns by commas
 * @param after the last
 */
public record CheckAnswer(CheckQuery check, String before, String after) {
    /** Whether the answer is another one than before. */
    public boolean isChanged() {
        return !before.equals(after);
    }

    /** Whether the answer is not the one that was expected. */
    public boolean isWrong() {
        return check.expected().filter(each -> !each.equals(after)).isPresent();
    }
}
