package dev.skein.protocol.event;

import java.util.List;
import java.util.Optional;

/**
 * Why a step, or a whole order, did not succeed.
 *
 * @param code stable and short, such as {@code lock-timeout} or {@code sql-error}
 * @param sqlState PostgreSQL's code where it gave one
 * @param message what was attempted, on which object, with which numbers
 * @param passing whether the same attempt may succeed later without anybody's doing
 * @param blockers sessions that held the lock waited for, where that was the reason
 */
public record StepFailure(
        String code,
        Optional<String> sqlState,
        String message,
        boolean passing,
        List<Blocker> blockers) {
    /** Copies the list. */
    public StepFailure {
        blockers = List.copyOf(blockers);
    }

    /** Its code and its message, in one line. */
    public String summary() {
        return code + ": " + message;
    }
}
