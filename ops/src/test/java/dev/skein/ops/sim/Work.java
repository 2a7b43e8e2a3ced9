package dev.skein.ops.sim;

import dev.skein.engine.execution.Reply;
import dev.skein.protocol.event.StepFailure;
import java.util.Optional;

/** What a session does in its database; between begin and end the client may be gone. */
interface Work {
    /** Begins; a refusal is the end of it. */
    default Optional<StepFailure> begin() {
        return Optional.empty();
    }

    /** Takes effect, all of it at once. */
    Reply end();

    /** Whether it changes the tenant's schema. */
    default boolean isStep() {
        return false;
    }

    /** How long it takes at most, in milliseconds. */
    default long longestMillis() {
        return 50;
    }
}
