package dev.skein.orchestrator.fleet;

import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What has been reported of one database: the fold of its records in the topic of progress.
 *
 * @param sequence of the last counted report; 0 before the first
 * @param epoch of the latest order reported on; 0 before the first
 * @param version the version the database was last said to be at
 * @param last the report on the latest order
 * @param earlier the last report for each other rollout
 * @param uncounted times of the latest reports of this epoch that carry no sequence, at most 16: by
 *     them a repeated one is known
 * @param quiet the epoch up to which no order can be at work: each has ended by its agent's word,
 *     or the ledger has left it behind
 * @param overtaken what is said of orders that the ledger is ahead of
 * @param steps between which steps it is, by its ledger
 * @param counted the epoch of the last counted report; 0 before the first
 */
public record ProgressPart(
        long sequence,
        long epoch,
        Optional<String> version,
        Optional<OrderReport> last,
        SortedMap<RolloutId, OrderReport> earlier,
        List<Instant> uncounted,
        long quiet,
        Overtaken overtaken,
        StepPosition steps,
        long counted) {
    private static final ProgressPart NONE =
            new ProgressPart(
                    0,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Collections.emptySortedMap(),
                    List.of(),
                    0,
                    Overtaken.none(),
                    StepPosition.none(),
                    0);

    /** Copies map and list. */
    public ProgressPart {
        earlier = earlier.isEmpty() ? Collections.emptySortedMap() : Copies.copy(earlier);
        uncounted = List.copyOf(uncounted);
    }

    /** Nothing was reported yet. */
    public static ProgressPart none() {
        return NONE;
    }

    /** The last report for this rollout. */
    public Optional<OrderReport> of(RolloutId rollout) {
        if (last.isPresent() && last.get().rollout().equals(rollout)) {
            return last;
        }
        return Optional.ofNullable(earlier.get(rollout));
    }
}
