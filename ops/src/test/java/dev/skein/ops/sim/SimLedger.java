package dev.skein.ops.sim;

import dev.skein.engine.execution.LedgerEntry;
import dev.skein.engine.execution.LedgerKind;
import dev.skein.engine.execution.LedgerOrigin;
import dev.skein.engine.execution.LedgerRow;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.LogId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The ledger of one database, with what of it is still to be reported. */
final class SimLedger {
    private final String name;
    private final List<LedgerEntry> rows = new ArrayList<>();
    private final SortedSet<Long> unreported = new TreeSet<>();
    private Optional<LogId> log = Optional.empty();
    private long epoch;
    private long sequence;
    private boolean restored;

    SimLedger(String name) {
        this.name = name;
    }

    SimLedger(SimLedger other) {
        this(other.name);
        rows.addAll(other.rows);
        unreported.addAll(other.unreported);
        log = other.log;
        epoch = other.epoch;
        sequence = other.sequence;
        restored = true;
    }

    /** Whether it may be older than what the log knows of it. */
    boolean isRestored() {
        return restored;
    }

    long epoch() {
        return epoch;
    }

    long sequence() {
        return sequence;
    }

    void raise(long to, Optional<LogId> of) {
        epoch = Math.max(epoch, to);
        log = of.or(() -> log);
    }

    void add(List<LedgerEntry> entries) {
        for (LedgerEntry entry : entries) {
            StepEvent event = (StepEvent) entry.envelope().event();
            Violation.unless(
                    event.epoch() == epoch,
                    name + ": epoch " + event.epoch() + " wrote while the ledger is at " + epoch);
            Violation.unless(
                    entry.envelope().sequence() == sequence + 1 || isJump(entry),
                    name + ": row " + entry.envelope().sequence() + " follows row " + sequence);
            Violation.unless(
                    entry.kind() != LedgerKind.ACCEPTED && entry.kind() != LedgerKind.ENDED
                            || rows.stream().noneMatch(row -> isSame(row, entry.kind(), epoch)),
                    name + ": epoch " + epoch + " has a second row " + entry.kind());
            sequence = entry.envelope().sequence();
            rows.add(entry);
            unreported.add(sequence);
        }
    }

    /** An order goes on from what the log has seen, where that is more. */
    private boolean isJump(LedgerEntry entry) {
        return restored
                && entry.kind() == LedgerKind.ACCEPTED
                && entry.envelope().sequence() > sequence;
    }

    private static boolean isSame(LedgerEntry row, LedgerKind kind, long epoch) {
        return row.kind() == kind && ((StepEvent) row.envelope().event()).epoch() == epoch;
    }

    List<LedgerEntry> entries() {
        return rows;
    }

    List<LedgerRow> rows() {
        return rows.stream().map(SimLedger::row).toList();
    }

    private static LedgerRow row(LedgerEntry entry) {
        StepEvent event = (StepEvent) entry.envelope().event();
        return new LedgerRow(
                entry.envelope().sequence(),
                event.epoch(),
                entry.rollout(),
                entry.kind(),
                entry.step(),
                entry.completes(),
                entry.checksum());
    }

    /**
     * @param empty whether there is nothing else in the database
     */
    LedgerOrigin origin(boolean empty) {
        Optional<OrderKind> held =
                rows.stream()
                        .map(row -> row.envelope().event())
                        .filter(OrderAccepted.class::isInstance)
                        .map(OrderAccepted.class::cast)
                        .filter(taken -> taken.epoch() == epoch)
                        .map(OrderAccepted::kind)
                        .findFirst();
        return new LedgerOrigin(log, held, false, empty);
    }

    /** When the order of this epoch was taken up. */
    Optional<Instant> acceptedAt(long ofEpoch) {
        return rows.stream()
                .filter(row -> isSame(row, LedgerKind.ACCEPTED, ofEpoch))
                .map(row -> ((StepEvent) row.envelope().event()).at())
                .findFirst();
    }

    /**
     * What the log may lack: what it has not acknowledged, and what its reader has not seen.
     *
     * @param seen the last report that was seen; what the log has acknowledged is looked at again
     *     only once it was put back, since the fold drops it in any other case
     */
    List<Envelope> unreported(long seen) {
        return rows.stream()
                .map(LedgerEntry::envelope)
                .filter(each -> each.sequence() > seen || unreported.contains(each.sequence()))
                .toList();
    }

    void reported(long row) {
        unreported.remove(row);
    }

    /** Whether the last word on this step is that it began. */
    boolean isStarted(StepRef step) {
        LedgerKind last = LedgerKind.DONE;
        for (LedgerEntry row : rows) {
            last = row.step().filter(step::equals).isPresent() ? row.kind() : last;
        }
        return last == LedgerKind.STARTED;
    }
}
