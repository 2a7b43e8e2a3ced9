package dev.skein.protocol.plan;

import java.util.List;

/**
 * Marks a down that nobody wrote: it was made from the difference of two schemas.
 *
 * @param losses what is lost when it runs, or stays lost after it, each in a sentence for a person;
 *     empty if it loses no data
 */
public record GeneratedDown(List<String> losses) {
    /** Copies the list. */
    public GeneratedDown {
        losses = List.copyOf(losses);
    }

    /** Whether running it loses data. */
    public boolean isLossy() {
        return !losses.isEmpty();
    }
}
