package dev.skein.orchestrator.fleet;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.AgentEvent;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.LeadershipTaken;
import dev.skein.protocol.event.LogCreated;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.PlanPublished;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.LogId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.TopicPartition;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The owner of the fleet's state: folds records as they are read back from the log.
 *
 * <p>Not thread-safe: confined to the context of the fold. Everything it hands out is immutable.
 */
public final class Fleet implements FleetLookup {
    private final SortedMap<TopicPartition, Long> positions = new TreeMap<>();
    private final SortedMap<RolloutId, RolloutState> rollouts = new TreeMap<>();
    private final Databases databases = new Databases();
    private final Agents agents = new Agents();
    private final SortedMap<PlanId, PublishedPlan> plans = new TreeMap<>();
    private Optional<Leader> leader = Optional.empty();
    private Optional<LogId> log = Optional.empty();

    /**
     * Folds one record.
     *
     * @param appendedAt when the broker wrote it
     * @throws Fault if it can never follow what was folded before; the state is then useless
     */
    public FoldOutcome apply(Envelope envelope, Position position, Instant appendedAt) {
        long last = positions.getOrDefault(position.topicPartition(), -1L);
        if (position.offset() <= last) {
            return FoldOutcome.DUPLICATE;
        }
        FoldOutcome applied =
                switch (position.topicPartition().topic()) {
                    case PLANS -> plan(only(PlanPublished.class, envelope, position), position);
                    case ROLLOUTS -> rollout(envelope, position);
                    case ORDERS ->
                            databases.apply(
                                    only(OrderIssued.class, envelope, position),
                                    envelope.sequence());
                    case PROGRESS ->
                            databases.apply(
                                    only(StepEvent.class, envelope, position), envelope.sequence());
                    case AGENTS ->
                            agents.apply(only(AgentEvent.class, envelope, position), appendedAt);
                };
        positions.put(position.topicPartition(), position.offset());
        return applied;
    }

    private static <E extends FleetEvent> E only(
            Class<E> type, Envelope envelope, Position position) {
        if (!type.isInstance(envelope.event())) {
            throw new Fault(
                    "the record at "
                            + position
                            + ", key "
                            + envelope.event().key()
                            + ", does not belong to this topic");
        }
        return type.cast(envelope.event());
    }

    private FoldOutcome plan(PlanPublished event, Position position) {
        // The latest record counts, not the first: compaction removes the others.
        plans.put(
                event.plan(),
                new PublishedPlan(
                        event.plan(),
                        event.name(),
                        position.offset(),
                        event.content(),
                        event.by(),
                        event.at()));
        return FoldOutcome.APPLIED;
    }

    private FoldOutcome rollout(Envelope envelope, Position position) {
        if (envelope.event() instanceof LeadershipTaken taken) {
            leader = Optional.of(new Leader(taken.orchestrator(), taken.url(), taken.at()));
            return FoldOutcome.APPLIED;
        }
        if (envelope.event() instanceof LogCreated created) {
            // The first one counts, whoever writes another.
            FoldOutcome outcome = log.isPresent() ? FoldOutcome.IGNORED : FoldOutcome.APPLIED;
            log = log.or(() -> Optional.of(created.log()));
            return outcome;
        }
        RolloutEvent event = only(RolloutEvent.class, envelope, position);
        RolloutState before = rollouts.get(event.rollout());
        long last = before == null ? 0 : before.sequence();
        if (envelope.sequence() == 0 || envelope.sequence() > last + 1) {
            throw new Fault(
                    "rollout "
                            + event.rollout()
                            + ": event "
                            + envelope.sequence()
                            + " at "
                            + position
                            + " follows event "
                            + last);
        }
        if (envelope.sequence() <= last) {
            return FoldOutcome.DUPLICATE;
        }
        rollouts.put(event.rollout(), before == null ? opened(event) : before.apply(event));
        return FoldOutcome.APPLIED;
    }

    private static RolloutState opened(RolloutEvent event) {
        if (event instanceof RolloutOpened opened) {
            return RolloutState.opened(opened);
        }
        throw new Fault("rollout " + event.rollout() + " does not begin with its opening");
    }

    /** The state at this moment; linear in the size of the fleet, so not for each record. */
    public FleetView view() {
        return new FleetView(
                positions,
                rollouts,
                databases.sorted(),
                agents.sorted(),
                plans,
                agents.inventory(),
                leader,
                log);
    }

    @Override
    public Optional<LogId> log() {
        return log;
    }

    @Override
    public Optional<RolloutState> rollout(RolloutId id) {
        return Optional.ofNullable(rollouts.get(id));
    }

    @Override
    public Collection<RolloutState> rollouts() {
        return Collections.unmodifiableCollection(rollouts.values());
    }

    @Override
    public DatabaseState database(DatabaseId id) {
        return databases.get(id);
    }

    @Override
    public Optional<AgentState> agent(AgentId id) {
        return agents.get(id);
    }

    @Override
    public Optional<PublishedPlan> plan(PlanId id) {
        return Optional.ofNullable(plans.get(id));
    }

    @Override
    public FleetInventory inventory() {
        return agents.inventory();
    }
}
