package dev.skein.engine.execution;

import dev.skein.protocol.plan.Migration;
import java.time.Duration;
import java.util.Optional;

/**
 * What is to be written to the framework's version table.
 *
 * @param elapsed how long the migration's last step took; absent where the transaction that writes
 *     it measures by itself
 * @param message why it failed; present with {@link Kind#FAILED}
 */
public record VersionChange(
        Kind kind, Migration migration, Optional<Duration> elapsed, Optional<String> message) {
    /** The kinds of change. */
    public enum Kind {
        /**
         * Something of the migration may be in the database before all of it is; what an earlier
         * failure of it left in the table is past. Said before each such step, however often.
         */
        STARTED,
        /** The migration is in the database. */
        APPLIED,
        /** A run of the framework has put it there, and has said so in the table. */
        CONFIRMED,
        /** It is no longer in the database, or only in part. */
        REVERTED,
        /** It failed half way; each execution in which it fails says so again. */
        FAILED,
        /** What an earlier failure left in the table is removed, because it succeeds now. */
        FAILURE_CLEARED,
        /** What was there of an incomplete migration is undone. */
        ABANDONED
    }

    static VersionChange of(Kind kind, Migration migration) {
        return new VersionChange(kind, migration, Optional.empty(), Optional.empty());
    }

    static VersionChange failed(Migration migration, String message) {
        return new VersionChange(Kind.FAILED, migration, Optional.empty(), Optional.of(message));
    }

    /** Whether the database is at another version with it than without it. */
    boolean changesTheVersion() {
        return kind == Kind.APPLIED || kind == Kind.REVERTED;
    }

    VersionChange took(Duration time) {
        return new VersionChange(kind, migration, Optional.of(time), message);
    }
}
