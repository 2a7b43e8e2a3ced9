package dev.skein.engine.execution;

import dev.skein.protocol.event.Progress;
import java.time.Instant;

/**
 * Where a report stands: after which others, at what progress and time.
 *
 * <p>A sequence is known before its transaction, because one execution alone writes to its target's
 * part of the ledger while it holds the lock. It is used up when the transaction is committed.
 *
 * @param sequence of the last report before it
 * @param progress of the order
 */
record ReportPosition(long sequence, Progress progress, Instant at) {
    /** After a report of the same transaction. */
    ReportPosition next() {
        return new ReportPosition(sequence + 1, progress, at);
    }

    /** With one more step counted as done. */
    ReportPosition stepDone() {
        int total = progress.stepsTotal();
        int done = Math.min(progress.stepsDone() + 1, total);
        return new ReportPosition(sequence, new Progress(done, total), at);
    }
}
