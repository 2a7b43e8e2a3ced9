package dev.skein.engine.execution;

import dev.skein.protocol.id.RolloutId;
import java.util.Optional;

/**
 * How far one migration is in a database, by the ledger alone.
 *
 * @param rollout whose order wrote the last step up
 * @param upDone steps up that are done, counted from the first
 * @param upStarted whether the next step up may have taken effect
 * @param complete whether the last step up is done
 * @param downDone steps down that are done, counted from the first
 * @param downStarted whether the next step down may have taken effect
 * @param failed whether a failure may be left of it: its last row is one, or an order ended while a
 *     step was in doubt
 * @param checksum of the migration whose steps these are
 * @param checksumBefore of the text that was there before, where it ran again with another one
 */
record MigrationState(
        RolloutId rollout,
        int upDone,
        boolean upStarted,
        boolean complete,
        int downDone,
        boolean downStarted,
        boolean failed,
        Optional<String> checksum,
        Optional<String> checksumBefore) {
    private static final int ALL = Integer.MAX_VALUE;

    static MigrationState none(LedgerRow row, Optional<String> checksumBefore) {
        return new MigrationState(
                row.rollout(), 0, false, false, 0, false, false, row.checksum(), checksumBefore);
    }

    /** What was there before this row's text. */
    Optional<String> beforeRunningAgain(LedgerRow row) {
        return checksum.equals(row.checksum()) ? checksumBefore : checksum;
    }

    /** One of which the ledger knows nothing, and the version table that it is wholly there. */
    static MigrationState whole(RolloutId rollout, Optional<String> checksum) {
        return new MigrationState(
                rollout, ALL, false, true, 0, false, false, checksum, Optional.empty());
    }

    /** Whether the ledger knows of no step up that it would be undoing. */
    boolean isOfOthers() {
        return upDone == ALL;
    }

    /** Whether something of it is, or may be, in the database. */
    boolean present() {
        return upDone > 0 || upStarted || downDone > 0;
    }

    /** Whether it is there, but not wholly. */
    boolean partial() {
        return present() && (!complete || downDone > 0 || downStarted);
    }

    MigrationState upStarted(LedgerRow row, int index) {
        return new MigrationState(
                row.rollout(),
                index,
                true,
                false,
                0,
                false,
                failed,
                row.checksum(),
                checksumBefore);
    }

    MigrationState upDone(LedgerRow row, int index) {
        return new MigrationState(
                row.rollout(),
                index + 1,
                false,
                row.completes(),
                0,
                false,
                false,
                row.checksum(),
                checksumBefore);
    }

    MigrationState downStarted(int index) {
        return new MigrationState(
                rollout,
                upDone,
                upStarted,
                complete,
                index,
                true,
                failed,
                checksum,
                checksumBefore);
    }

    /** What became of a step up that was interrupted is known once the first step down is done. */
    MigrationState downDone(int index) {
        return new MigrationState(
                rollout,
                upDone,
                false,
                complete,
                index + 1,
                false,
                failed,
                checksum,
                checksumBefore);
    }

    /** The started step down failed and left nothing behind. */
    MigrationState downRolledBack() {
        return new MigrationState(
                rollout,
                upDone,
                upStarted,
                complete,
                downDone,
                false,
                failed,
                checksum,
                checksumBefore);
    }

    MigrationState asFailed() {
        return new MigrationState(
                rollout,
                upDone,
                upStarted,
                complete,
                downDone,
                downStarted,
                true,
                checksum,
                checksumBefore);
    }

    /** The started step up failed and left nothing behind. */
    MigrationState upRolledBack(boolean asFailure) {
        return new MigrationState(
                rollout,
                upDone,
                false,
                complete,
                downDone,
                false,
                asFailure,
                checksum,
                checksumBefore);
    }
}
