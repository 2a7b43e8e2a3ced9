package dev.skein.agent.step;

import dev.skein.protocol.plan.Migration;
import java.time.Duration;
import java.util.Optional;

/**
 * What is to be written to the framework's version table.
 *
 * @param elapsed how long the migration's last step took; absent where the transaction that writes
 *     it measures by itself
 */
public record VersionChange(Kind kind, Migration migration, Optional<Duration> elapsed) {
    /** The kinds of change. */
    public enum Kind {
        /** The migration is in the database. */
        APPLIED,
        /** It is no longer, or no longer wholly. */
        REVERTED,
        /** It failed half way, outside a transaction. */
        FAILED,
        /** What an earlier failure of it left in the table is taken out. */
        FAILURE_CLEARED
    }

    static VersionChange of(Kind kind, Migration migration) {
        return new VersionChange(kind, migration, Optional.empty());
    }

    VersionChange took(Duration time) {
        return new VersionChange(kind, migration, Optional.of(time));
    }
}
