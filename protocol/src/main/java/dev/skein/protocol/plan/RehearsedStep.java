package dev.skein.protocol.plan;

import java.time.Duration;
import java.util.List;

/**
 * What one step did to the schema it was tried on.
 *
 * @param migration the migration's key
 * @param up whether it is a step up
 * @param index among the migration's steps in that direction, from 0
 * @param elapsed how long it took
 * @param before fingerprint of the whole schema before it, 64 hexadecimal digits
 * @param after fingerprint after it
 * @param changes the objects that it made, altered or dropped; empty if it left the schema alone
 * @param locks the strongest lock it held on each table that was there before
 */
public record RehearsedStep(
        String migration,
        boolean up,
        int index,
        Duration elapsed,
        String before,
        String after,
        List<ObjectChange> changes,
        List<TableLock> locks) {
    /** Copies the lists. */
    public RehearsedStep {
        changes = List.copyOf(changes);
        locks = List.copyOf(locks);
    }
}
