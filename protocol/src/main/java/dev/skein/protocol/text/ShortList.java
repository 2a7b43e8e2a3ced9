package dev.skein.protocol.text;

import java.util.List;

/** A list in a message: its first items in full, and how many more there are. */
public final class ShortList {
    private ShortList() {}

    /**
     * The items with commas between them: {@code a, b and 3 more}.
     *
     * @param max how many are shown at most, 1 or more
     */
    public static String of(List<String> items, int max) {
        List<String> shown = items.subList(0, Math.min(max, items.size()));
        String rest = rest(items.size(), max);
        return String.join(", ", shown) + (rest.isEmpty() ? "" : " " + rest);
    }

    /** What stands in for the items that are not shown: {@code and 3 more}; empty if all are. */
    public static String rest(int all, int shownMax) {
        return all > shownMax ? "and " + (all - shownMax) + " more" : "";
    }
}
