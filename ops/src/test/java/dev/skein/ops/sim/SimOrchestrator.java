package dev.skein.ops.sim;

import dev.skein.orchestrator.fleet.Fleet;
import dev.skein.orchestrator.fleet.FoldOutcome;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.rollout.Accepted;
import dev.skein.orchestrator.rollout.Command;
import dev.skein.orchestrator.rollout.Decision;
import dev.skein.orchestrator.rollout.Rejection;
import dev.skein.orchestrator.rollout.RolloutDecider;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.LeadershipTaken;
import dev.skein.protocol.event.LogCreated;
import dev.skein.protocol.id.LogId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.TopicPartition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** An orchestrator's process around the production fold and decisions. */
final class SimOrchestrator {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final World world;
    private final SortedMap<TopicPartition, Long> folded = new TreeMap<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private final Set<RolloutId> busy = new TreeSet<>();
    private Life life = new Life();
    private Life down = new Life();
    private Fleet fleet = new Fleet();
    private FoldWatch watch;
    private LogReader reader;
    private Duration skew = Duration.ZERO;
    private boolean leading;
    private boolean claiming;
    private int term;

    private record Waiter(List<Position> positions, Runnable then) {}

    SimOrchestrator(World world) {
        this.world = world;
        watch = new FoldWatch(world, fleet);
    }

    void start() {
        life = new Life();
        fleet = new Fleet();
        watch = new FoldWatch(world, fleet);
        folded.clear();
        long millis = world.faults().skewMillis();
        skew = Duration.ofMillis(world.dice().between(-millis, millis));
        reader = new LogReader(world, life, this::fold, this::afterBatch);
        reader.follow(world.log().all());
        take();
        world.agenda().in(LOOK, life, this::lookRegularly);
    }

    Fleet fleet() {
        return fleet;
    }

    Instant now() {
        return world.agenda().now().plus(skew);
    }

    private void take() {
        leading = false;
        waiters.clear();
        busy.clear();
        claiming = false;
        term = world.log().fence();
        int mine = term;
        reader.whenCaughtUp(() -> announce(mine));
    }

    private void announce(int mine) {
        if (mine != term) {
            return;
        }
        LeadershipTaken taken = new LeadershipTaken("o-" + mine, "http://o", now());
        Envelope envelope = Envelope.uncounted("orchestrator:o", taken);
        List<Entry> entries = new ArrayList<>();
        if (fleet.log().isEmpty()) {
            LogCreated created = new LogCreated(new LogId("log-" + mine), "o-" + mine, now());
            entries.add(new Entry(Topic.ROLLOUTS, Envelope.uncounted("orchestrator:o", created)));
        }
        entries.add(new Entry(Topic.ROLLOUTS, envelope));
        append(
                entries,
                () -> {
                    leading = true;
                    lookAtAll();
                });
    }

    private void crash() {
        world.count("leader crash");
        world.note("leader dies");
        halt(world.dice().between(1, 5) * Agenda.SECOND);
    }

    /** It ends, and is started again after this time. */
    void halt(long micros) {
        life.end();
        down.end();
        down = new Life();
        leading = false;
        world.agenda().in(micros, down, this::start);
    }

    /** Whether it decides; what it has folded then is all that was there when it began. */
    boolean isLeading() {
        return !life.isOver() && leading;
    }

    private void fold(LogRecord record) {
        FoldOutcome outcome =
                fleet.apply(record.envelope(), record.position(), record.appendedAt());
        Violation.unless(
                outcome != FoldOutcome.SET_ASIDE, "what an agent wrote was set aside: " + record);
        folded.merge(record.position().topicPartition(), record.position().offset(), Math::max);
    }

    private void afterBatch() {
        watch.check(leading);
        for (Waiter each : List.copyOf(waiters)) {
            if (each.positions().stream().allMatch(this::isFolded) && waiters.remove(each)) {
                each.then().run();
            }
        }
        lookAtAll();
    }

    private boolean isFolded(Position position) {
        return folded.getOrDefault(position.topicPartition(), -1L) >= position.offset();
    }

    private void lookRegularly() {
        lookAtAll();
        world.agenda().in(LOOK, life, this::lookRegularly);
    }

    private void lookAtAll() {
        List<RolloutId> open =
                fleet.rollouts().stream()
                        .filter(RolloutState::isOpen)
                        .map(RolloutState::id)
                        .toList();
        open.forEach(rollout -> submit(new Command.Advance(rollout, now())));
    }

    /** The decision, if one can be made now; it takes effect when it has been folded. */
    Optional<Decision> submit(Command command) {
        boolean claims = command.claimsDatabases(fleet);
        if (life.isOver() || !leading || busy.contains(command.rollout()) || claiming && claims) {
            return Optional.empty();
        }
        Decision decision = RolloutDecider.decide(fleet, command);
        if (decision instanceof Accepted accepted && !accepted.entries().isEmpty()) {
            foretold(command);
            watch.decided(accepted.entries());
            carryOut(command.rollout(), accepted.entries(), claims);
        } else if (decision instanceof Rejection rejection) {
            world.note(rejection.code() + " " + rejection.message());
        } else if (command instanceof Command.Advance) {
            wake(command);
        }
        return Optional.of(decision);
    }

    private void carryOut(RolloutId rollout, List<Entry> entries, boolean claims) {
        busy.add(rollout);
        claiming |= claims;
        append(
                entries,
                () -> {
                    busy.remove(rollout);
                    claiming &= !claims;
                    submit(new Command.Advance(rollout, now()));
                });
    }

    /** What is decided without being asked for was due before. */
    private void foretold(Command command) {
        boolean due =
                RolloutDecider.nextAdvance(fleet, command.rollout(), command.at())
                        .filter(at -> !at.isAfter(command.at()))
                        .isPresent();
        Violation.unless(
                due || !(command instanceof Command.Advance),
                "nothing was said to be due for " + command.rollout() + ", yet it advances");
    }

    private void wake(Command command) {
        RolloutDecider.nextAdvance(fleet, command.rollout(), command.at())
                .ifPresent(
                        at ->
                                Violation.unless(
                                        at.isAfter(command.at()),
                                        "nothing was due for "
                                                + command.rollout()
                                                + ", yet it is to be woken at once"));
    }

    private void append(List<Entry> entries, Runnable then) {
        int mine = term;
        boolean arrives = !world.dice().chance(world.faults().lostRequest());
        boolean answered = arrives && !world.dice().chance(world.faults().lostAnswer());
        if (world.dice().chance(world.faults().leaderCrash())) {
            world.agenda().in(world.dice().between(0, 10) * Agenda.MILLI, life, this::crash);
        }
        // What is on its way arrives even if its author dies, unless a later leader fenced it.
        world.agenda()
                .in(
                        world.latency(),
                        Life.FOREVER,
                        () -> {
                            if (arrives && mine == world.log().term()) {
                                arrived(mine, world.log().append(entries), answered, then);
                            }
                        });
        if (!answered) {
            world.count("lost answer of a decision");
            world.agenda().in(10 * Agenda.MILLI, life, () -> lost(mine));
        }
    }

    private void arrived(int mine, List<Position> positions, boolean answered, Runnable then) {
        if (answered && !life.isOver()) {
            world.agenda()
                    .in(
                            world.latency(),
                            life,
                            () -> {
                                if (mine == term) {
                                    waiters.add(new Waiter(positions, then));
                                    afterBatch();
                                }
                            });
        }
    }

    /** Its fate is open: a new term fences what is under way and folds what did arrive. */
    private void lost(int mine) {
        if (mine == term) {
            take();
        }
    }
}
