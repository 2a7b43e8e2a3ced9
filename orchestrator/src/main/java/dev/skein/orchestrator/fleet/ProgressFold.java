package dev.skein.orchestrator.fleet;

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
 *       one above it is a fault, for the reports between are lost. The first report may carry any
 *       number: a ledger can be older than the log.
 *   <li>A report of an older epoch than the latest is counted and otherwise ignored.
 *   <li>A report of a newer epoch begins a new report; the last one is kept with its rollout.
 *   <li>An uncounted report is a duplicate if its time is among the latest of this epoch.
 *   <li>After an end that is final, nothing of the same epoch changes the report.
 * </ol>
 *
 * Thus each report takes effect once, in the order of the ledger, however often it is sent.
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
    record Result(ProgressPart part, Applied applied) {}

    /**
     * Takes in one report.
     *
     * @param sequence of the envelope; 0 if it is not counted
     */
    static Result apply(ProgressPart before, long sequence, StepEvent event) {
        return new ProgressFold(before, sequence, event).result();
    }

    private Result result() {
        if (sequence > 0 && sequence <= before.sequence()) {
            return new Result(before, Applied.DUPLICATE);
        }
        if (before.sequence() > 0 && sequence > before.sequence() + 1) {
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
            return counted(Applied.IGNORED);
        }
        return event.epoch() > before.epoch() ? newer() : same(before.last().orElseThrow());
    }

    private Result newer() {
        Report first = Report.first(event.rollout(), event.epoch(), event.at());
        return applied(ReportFold.apply(first, event), archived(), seen(List.of()));
    }

    private Result same(Report last) {
        if (last.status().isFinal()) {
            return counted(Applied.IGNORED);
        }
        Report next = ReportFold.apply(last, event);
        boolean repeated = sequence == 0 && before.uncounted().contains(event.at());
        if (isConfirmation() ? next.equals(last) : repeated) {
            return new Result(before, Applied.DUPLICATE);
        }
        return applied(next, before.earlier(), seen(before.uncounted()));
    }

    private Result counted(Applied outcome) {
        return new Result(
                new ProgressPart(
                        Math.max(sequence, before.sequence()),
                        before.epoch(),
                        before.version(),
                        before.last(),
                        before.earlier(),
                        before.uncounted()),
                outcome);
    }

    private Result applied(
            Report report, SortedMap<RolloutId, Report> earlier, List<Instant> uncounted) {
        return new Result(
                new ProgressPart(
                        Math.max(sequence, before.sequence()),
                        event.epoch(),
                        VersionFold.apply(before.version(), event),
                        Optional.of(report),
                        earlier,
                        uncounted),
                Applied.APPLIED);
    }

    private SortedMap<RolloutId, Report> archived() {
        Optional<Report> last = before.last();
        if (last.isEmpty() || last.get().rollout().equals(event.rollout())) {
            return before.earlier();
        }
        SortedMap<RolloutId, Report> copy = new TreeMap<>(before.earlier());
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
