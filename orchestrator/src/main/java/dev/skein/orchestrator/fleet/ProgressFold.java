package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes one report into what is known of a database's progress.
 *
 * <ol>
 *   <li>A counted report that is not above the last sequence is a duplicate; one that is more than
 *       one above it is a fault, because the reports between are lost. The first report may carry
 *       any number: a ledger can be older than the log. So may the acceptance of an order, because
 *       it continues from whatever the log of that order had seen, and that may be another log.
 *   <li>The acceptance of an order above the epoch of the last counted report is no duplicate,
 *       whatever its number: the database was put back to an older dump of it, after its order had
 *       been issued, and its ledger numbers on from what that order had seen. Nor is one that says
 *       itself, later than all before it, that the ledger is not as the log left it.
 *   <li>A counted report of an older epoch than the latest is counted, and what its rollout has run
 *       and not undone is noted with that rollout; else it is ignored.
 *   <li>A report of a newer epoch begins a new report; the last one is kept with its rollout. So
 *       does a counted report of the same epoch and another rollout: that is a ledger which knows
 *       more than this log, and what it counts is what happened.
 *   <li>An uncounted report of an older epoch, or of the same and another rollout, is kept aside:
 *       it speaks for its own order and for no other.
 *   <li>An uncounted report is a duplicate if its time is among the latest of this epoch.
 *   <li>After an end that is final, nothing of the same epoch changes the report.
 * </ol>
 *
 * Thus each report takes effect once, in the order of the ledger, no matter how often it is sent.
 */
final class ProgressFold {
    private static final int UNCOUNTED_MAX = 16;

    private final ProgressPart before;
    private final long sequence;
    private final StepEvent event;

    private ProgressFold(ProgressPart before, long sequence, StepEvent event) {
        this.before = before;
        this.sequence = sequence;
        this.event = event;
    }

    /** The part after a report, and what the report did. */
    record FoldedProgress(ProgressPart part, FoldOutcome applied) {}

    /**
     * Takes in one report.
     *
     * @param sequence of the envelope; 0 if it is not counted
     */
    static FoldedProgress apply(ProgressPart before, long sequence, StepEvent event) {
        return new ProgressFold(before, sequence, event).result();
    }

    private FoldedProgress result() {
        if (sequence > 0 && sequence <= before.sequence() && !isOfLedgerPutBack()) {
            return new FoldedProgress(before, FoldOutcome.DUPLICATE);
        }
        boolean jumps = before.sequence() > 0 && sequence > before.sequence() + 1;
        if (jumps && !(event instanceof OrderAccepted)) {
            throw new Fault(
                    "database "
                            + event.database()
                            + ": report "
                            + sequence
                            + " follows report "
                            + before.sequence()
                            + "; those between are missing");
        }
        if (event.epoch() < before.epoch()) {
            return sequence > 0 ? counted(FoldOutcome.IGNORED) : overtaken();
        }
        boolean begins = event.epoch() > before.epoch() || sequence > 0;
        return before.last()
                .filter(this::isOnItsOrder)
                .map(this::same)
                .orElseGet(() -> begins ? newer() : overtaken());
    }

    private boolean isOfLedgerPutBack() {
        return event instanceof OrderAccepted accepted
                && (event.epoch() > before.counted() || isTakenUpAnew(accepted));
    }

    /** The order was under way: by its own word its ledger lacks what the log has seen. */
    private boolean isTakenUpAnew(OrderAccepted accepted) {
        return accepted.epoch() == before.counted()
                && accepted.found().isPresent()
                && before.last().filter(last -> accepted.at().isAfter(last.at())).isPresent();
    }

    /** The number that the next report of the ledger follows. */
    private long lastSequence() {
        return sequence > 0 ? sequence : before.sequence();
    }

    private long counted() {
        return sequence > 0 ? Math.max(event.epoch(), before.counted()) : before.counted();
    }

    private boolean isOnItsOrder(OrderReport report) {
        return report.isAbout(event.rollout(), event.epoch());
    }

    /** Its order is not the one that the ledger, or a later order, has last been reported at. */
    private FoldedProgress overtaken() {
        Optional<OrderReport> aside = before.overtaken().report();
        Optional<OrderReport> known =
                aside.filter(this::isOnItsOrder)
                        .or(() -> before.of(event.rollout()).filter(this::isOnItsOrder));
        boolean late = aside.filter(each -> each.epoch() > event.epoch()).isPresent();
        if (late || known.filter(each -> each.status().isFinal()).isPresent()) {
            return counted(FoldOutcome.IGNORED);
        }
        if (!isConfirmation() && known.filter(each -> !event.at().isAfter(each.at())).isPresent()) {
            return counted(FoldOutcome.DUPLICATE);
        }
        OrderReport next = folded(known.orElseGet(this::first));
        return next.equals(known.orElse(null))
                ? counted(FoldOutcome.DUPLICATE)
                : new FoldedProgress(part(before.overtaken().with(next)), FoldOutcome.APPLIED);
    }

    private OrderReport folded(OrderReport report) {
        return ReportFold.apply(report, sequence > 0, event);
    }

    private OrderReport first() {
        Optional<OrderReport> earlier = before.of(event.rollout());
        return OrderReport.first(
                        event.rollout(),
                        event.epoch(),
                        earlier.flatMap(OrderReport::cause),
                        event.at())
                .after(earlier);
    }

    private FoldedProgress newer() {
        return applied(folded(first()), archived(), seen(List.of()));
    }

    private FoldedProgress same(OrderReport last) {
        if (last.status().isFinal()) {
            return counted(FoldOutcome.IGNORED);
        }
        OrderReport next = folded(last);
        boolean repeated = sequence == 0 && before.uncounted().contains(event.at());
        if (isConfirmation() ? next.equals(last) : repeated) {
            return new FoldedProgress(before, FoldOutcome.DUPLICATE);
        }
        return applied(next, before.earlier(), seen(before.uncounted()));
    }

    private FoldedProgress counted(FoldOutcome outcome) {
        return new FoldedProgress(part(before.overtaken()), outcome);
    }

    /** All as before, but for what is counted, what that says of the version, and what is aside. */
    private ProgressPart part(Overtaken overtaken) {
        return new ProgressPart(
                lastSequence(),
                before.epoch(),
                sequence > 0 ? VersionFold.apply(before.version(), event) : before.version(),
                before.last().map(this::told),
                told(),
                before.uncounted(),
                quiet(),
                overtaken.with(ledgerEpoch()),
                steps(),
                counted());
    }

    private OrderReport told(OrderReport last) {
        return sequence > 0 && isOf(last.rollout()) ? last.changedAs(folded(last)) : last;
    }

    /** A step of an old order has run, too: who rolls its rollout back undoes it. */
    private SortedMap<RolloutId, OrderReport> told() {
        boolean ofLast = before.last().filter(each -> isOf(each.rollout())).isPresent();
        if (sequence == 0 || ofLast) {
            return before.earlier();
        }
        OrderReport known = before.of(event.rollout()).orElseGet(this::first);
        OrderReport next = known.changedAs(folded(known));
        if (next.equals(known)) {
            return before.earlier();
        }
        SortedMap<RolloutId, OrderReport> copy = new TreeMap<>(before.earlier());
        copy.put(event.rollout(), next);
        return copy;
    }

    private boolean isOf(RolloutId rollout) {
        return rollout.equals(event.rollout());
    }

    /** Whatever is counted is a row of the ledger, of an old order too. */
    private StepPosition steps() {
        return sequence > 0 ? before.steps().after(event) : before.steps();
    }

    /**
     * A counted report is a row of the ledger, which refuses every order of a lower epoch. A
     * failure beside the ledger tells of its own order only: the database may not even have been
     * reached, and what was at work there still is.
     */
    private long quiet() {
        long behind = sequence > 0 ? event.epoch() - 1 : 0;
        long quiet = Math.max(before.quiet(), behind);
        OrderReport alone = folded(first());
        boolean nothingBelow =
                alone.stopped() || ledgerEpoch() >= event.epoch() || quiet >= event.epoch() - 1;
        boolean ends = !alone.isOutstanding() && nothingBelow;
        return ends ? Math.max(quiet, event.epoch()) : quiet;
    }

    private long ledgerEpoch() {
        return event instanceof DatabaseFailed failed ? failed.ledgerEpoch().orElse(0) : 0;
    }

    private FoldedProgress applied(
            OrderReport report,
            SortedMap<RolloutId, OrderReport> earlier,
            List<Instant> uncounted) {
        return new FoldedProgress(
                new ProgressPart(
                        lastSequence(),
                        event.epoch(),
                        VersionFold.apply(before.version(), event),
                        Optional.of(report),
                        earlier,
                        uncounted,
                        quiet(),
                        before.overtaken().with(ledgerEpoch()),
                        steps(),
                        counted()),
                FoldOutcome.APPLIED);
    }

    private SortedMap<RolloutId, OrderReport> archived() {
        Optional<OrderReport> last = before.last();
        if (last.isEmpty() || last.get().rollout().equals(event.rollout())) {
            return before.earlier();
        }
        SortedMap<RolloutId, OrderReport> copy = new TreeMap<>(before.earlier());
        copy.remove(event.rollout());
        copy.put(last.get().rollout(), last.get());
        return copy;
    }

    private List<Instant> seen(List<Instant> earlier) {
        if (sequence > 0 || isConfirmation()) {
            return earlier;
        }
        List<Instant> times = new ArrayList<>(earlier);
        times.add(event.at());
        return times.subList(Math.max(0, times.size() - UNCOUNTED_MAX), times.size());
    }

    /** Confirmations are known by what they say: the same one twice changes nothing. */
    private boolean isConfirmation() {
        return event instanceof OrderPaused || event instanceof OrderStopped;
    }
}
