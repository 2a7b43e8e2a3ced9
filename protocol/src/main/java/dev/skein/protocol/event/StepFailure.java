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
 * @param statement which one failed, where it was one of the team's; absent in reports of versions
 *     that did not note it
 */
public record StepFailure(
        String code,
        Optional<String> sqlState,
        String message,
        boolean passing,
        List<Blocker> blockers,
        Optional<FailedStatement> statement) {
    /** Copies the list. */
    public StepFailure {
        blockers = List.copyOf(blockers);
    }

    /** A failure of no statement of the team's. */
    public StepFailure(
            String code,
            Optional<String> sqlState,
            String message,
            boolean passing,
            List<Blocker> blockers) {
        this(code, sqlState, message, passing, blockers, Optional.empty());
    }

    /** The same in other words. */
    public StepFailure saying(String words) {
        return new StepFailure(code, sqlState, words, passing, blockers, statement);
    }

    /** The same with the statement. */
    public StepFailure with(Optional<FailedStatement> failed) {
        return new StepFailure(code, sqlState, message, passing, blockers, failed);
    }

    /** Its code and all that is known, in one line. */
    public String summary() {
        return code + ": " + inFull();
    }

    /** Its message, and what else the server said. */
    public String inFull() {
        return message + statement.map(FailedStatement::words).orElse("");
    }
}
