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
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.TopicPartition;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The owner of the fleet's state: folds records as they are read back from the log.
 *
 * <p>Not thread-safe: confined to the context of the fold. Everything it hands out is immutable.
 */
public final class Fleet implements FleetLookup {
    private final SortedMap<TopicPartition, Long> positions = new TreeMap<>();
    private final SortedMap<RolloutId, RolloutState> rollouts = new TreeMap<>();
    private final Databases databases = new Databases();

    /** Rollouts, by key, of which a record was passed over since their last event. */
    private final Set<String> gaps = new TreeSet<>();

    /** What could not be taken and names neither a database nor an agent. */
    private final SortedMap<TopicPartition, SetAside> strays = new TreeMap<>();

    private final Agents agents = new Agents();
    private final SortedMap<PlanId, PublishedPlan> plans = new TreeMap<>();
    private Optional<Leader> leader = Optional.empty();
    private Optional<LogId> log = Optional.empty();

    /**
     * Folds one record.
     *
     * @param appendedAt when the broker wrote it
     * @throws Fault if it can never follow what was folded before, and only the leader writes such
     *     records; the state is as it was. What an agent wrote is set aside then
     */
    public FoldOutcome apply(Envelope envelope, Position position, Instant appendedAt) {
        if (isFolded(position)) {
            return FoldOutcome.DUPLICATE;
        }
        if (!position.topicPartition().topic().isWrittenByAgents()) {
            FoldOutcome outcome = fold(envelope, position, appendedAt);
            positions.put(position.topicPartition(), position.offset());
            return outcome;
        }
        try {
            FoldOutcome outcome = fold(envelope, position, appendedAt);
            positions.put(position.topicPartition(), position.offset());
            return outcome;
        } catch (RuntimeException wrong) {
            long epoch = envelope.event() instanceof StepEvent report ? report.epoch() : 0;
            String key = envelope.event().key();
            return setAside(
                    new Aside(position, Optional.of(key), wrong.getMessage(), epoch, appendedAt));
        }
    }

    private boolean isFolded(Position position) {
        return position.offset() <= positions.getOrDefault(position.topicPartition(), -1L);
    }

    private FoldOutcome fold(Envelope envelope, Position position, Instant appendedAt) {
        return switch (position.topicPartition().topic()) {
            case PLANS -> plan(only(PlanPublished.class, envelope, position), position);
            case ROLLOUTS -> rollout(envelope, position);
            case ORDERS ->
                    databases.apply(
                            only(OrderIssued.class, envelope, position), envelope.sequence());
            case PROGRESS ->
                    databases.apply(only(StepEvent.class, envelope, position), envelope.sequence());
            case AGENTS -> agents.apply(only(AgentEvent.class, envelope, position), appendedAt);
            // A decision counts where its record is read, and nowhere else.
            case SKIPS -> FoldOutcome.IGNORED;
        };
    }

    private record Aside(
            Position position, Optional<String> key, String reason, long epoch, Instant at) {}

    /**
     * Goes on without a record of a topic that agents write to. Whoever its key names is shown as
     * broken; a key that names nobody stands for itself.
     *
     * @param reason why it cannot be taken, for a person
     */
    public FoldOutcome setAside(
            Position position, Optional<String> key, String reason, Instant appendedAt) {
        if (isFolded(position)) {
            return FoldOutcome.DUPLICATE;
        }
        return setAside(new Aside(position, key, reason, 0, appendedAt));
    }

    private FoldOutcome setAside(Aside aside) {
        Position position = aside.position();
        boolean named =
                position.topicPartition().topic() == Topic.PROGRESS
                        ? ofDatabase(aside)
                        : ofAgent(aside);
        if (!named) {
            SetAside what = SetAside.first(position, aside.reason(), 0, aside.at());
            strays.merge(position.topicPartition(), what, SetAside::and);
        }
        positions.put(position.topicPartition(), position.offset());
        return FoldOutcome.SET_ASIDE;
    }

    private boolean ofDatabase(Aside aside) {
        Optional<DatabaseId> database = aside.key().flatMap(Fleet::database);
        database.ifPresent(
                id ->
                        databases.setAside(
                                id, aside.position(), aside.reason(), aside.epoch(), aside.at()));
        return database.isPresent();
    }

    private static Optional<DatabaseId> database(String key) {
        try {
            return Optional.of(DatabaseId.parse(key));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean ofAgent(Aside aside) {
        Optional<AgentId> agent = aside.key().flatMap(Fleet::agentOf);
        agent.ifPresent(
                id ->
                        agents.setAside(
                                id,
                                aside.key().orElseThrow(),
                                SetAside.first(aside.position(), aside.reason(), 0, aside.at())));
        return agent.isPresent();
    }

    private static Optional<AgentId> agentOf(String key) {
        int end = key.indexOf('/');
        try {
            return end < 0 ? Optional.empty() : Optional.of(new AgentId(key.substring(0, end)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Passes over a record at which the fold would stop, because a person decided so. The events of
     * a rollout are counted: after one of its records is passed over, its next one may have any
     * number, and a rollout without its opening has no other event either.
     */
    public FoldOutcome skip(Position position, Optional<String> key) {
        if (isFolded(position)) {
            return FoldOutcome.DUPLICATE;
        }
        if (position.topicPartition().topic() == Topic.ROLLOUTS) {
            key.ifPresent(gaps::add);
        }
        positions.put(position.topicPartition(), position.offset());
        return FoldOutcome.SKIPPED;
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
        boolean gap = gaps.contains(event.key());
        if (gap && before == null && !(event instanceof RolloutOpened)) {
            return FoldOutcome.SKIPPED;
        }
        long last = before == null ? 0 : before.sequence();
        if (envelope.sequence() == 0 || envelope.sequence() > last + 1 && !gap) {
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
        RolloutState next =
                before == null
                        ? opened(event)
                        : before.countedTo(envelope.sequence() - 1).apply(event);
        rollouts.put(event.rollout(), next);
        gaps.remove(event.key());
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
                log,
                strays);
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
