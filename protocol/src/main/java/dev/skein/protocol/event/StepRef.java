package dev.skein.protocol.event;

/**
 * Names one step of a plan.
 *
 * @param migration the migration's key, or the name of a check
 * @param index from 0, among the migration's steps of this direction
 */
public record StepRef(String migration, int index, Direction direction) {
    /** Such as {@code step 2 (up) of 007}: counted from 1, as people do. */
    public String summary() {
        return "step %d (%s) of %s".formatted(index + 1, direction.label(), migration);
    }
}
