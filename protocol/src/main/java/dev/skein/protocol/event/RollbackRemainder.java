package dev.skein.protocol.event;

import dev.skein.protocol.id.RolloutId;
import java.util.List;

/**
 * What a rollback left in a database, where that is not simply nothing.
 *
 * @param nothingUndone whether no step was undone at all, by this order or an earlier one
 * @param appliedBy the rollouts that applied what is there, in the order in which they did
 * @param left keys of migrations of which something stays in the database; the first 20 of them
 * @param reason for a person
 */
public record RollbackRemainder(
        boolean nothingUndone, List<RolloutId> appliedBy, List<String> left, String reason) {
    /** The most migrations that are named. */
    public static final int NAMED_MAX = 20;

    /** Copies the lists. */
    public RollbackRemainder {
        appliedBy = List.copyOf(appliedBy);
        left = List.copyOf(left);
    }
}
