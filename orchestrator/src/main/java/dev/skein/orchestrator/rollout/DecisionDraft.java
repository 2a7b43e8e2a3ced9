package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A decision that is not finished: its entries so far, and the rollout as it will be once they have
 * been folded. Lives as long as one call.
 */
final class DecisionDraft {
    private final FleetLookup fleet;
    private final Instant now;
    private final List<Entry> entries = new ArrayList<>();
    private RolloutState rollout;
    private TargetStatuses targets;

    DecisionDraft(FleetLookup fleet, RolloutState rollout, Instant now) {
        this.fleet = fleet;
        this.rollout = rollout;
        this.now = now;
        targets = TargetStatuses.of(fleet, rollout, now);
    }

    private DecisionDraft(DecisionDraft other) {
        fleet = other.fleet;
        now = other.now;
        entries.addAll(other.entries);
        rollout = other.rollout;
        targets = other.targets;
    }

    /** A copy that can be continued to see what would follow. */
    DecisionDraft copy() {
        return new DecisionDraft(this);
    }

    void add(RolloutEvent event) {
        RolloutState next = rollout.apply(event);
        // What databases are doing depends on the targets alone, not on the waves' states.
        if (next.targets() != rollout.targets()) {
            targets = TargetStatuses.of(fleet, next, now);
        }
        rollout = next;
        String source = RolloutState.sourceOf(rollout.id());
        entries.add(new Entry(Topic.ROLLOUTS, Envelope.counted(source, rollout.sequence(), event)));
    }

    void add(OrderIssued order) {
        String source = "order:" + order.database();
        entries.add(new Entry(Topic.ORDERS, Envelope.counted(source, order.epoch(), order)));
    }

    FleetLookup fleet() {
        return fleet;
    }

    Instant now() {
        return now;
    }

    RolloutState rollout() {
        return rollout;
    }

    TargetStatuses targets() {
        return targets;
    }

    RolloutPhase phase() {
        return Gates.phase(rollout, now);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    List<Entry> entries() {
        return entries;
    }

    Accepted accepted(String message, int databases) {
        return new Accepted(entries, new CommandReply(rollout.id(), message, databases, 0));
    }
}
