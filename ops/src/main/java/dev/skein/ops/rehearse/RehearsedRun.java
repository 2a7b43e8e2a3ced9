package dev.skein.ops.rehearse;

import dev.skein.protocol.plan.DelegatedStep;

/**
 * A delegated step of a rehearsal.
 *
 * @param migration its key
 * @param up whether it is a step up
 * @param index among the migration's steps in that direction, from 0
 * @param runner which carried it out
 */
public record RehearsedRun(String migration, boolean up, int index, String runner) {
    static RehearsedRun of(String migration, boolean up, int index, DelegatedStep step) {
        return new RehearsedRun(migration, up, index, step.runner());
    }
}
