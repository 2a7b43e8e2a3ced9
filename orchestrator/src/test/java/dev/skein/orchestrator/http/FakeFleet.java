package dev.skein.orchestrator.http;

import dev.skein.orchestrator.fleet.Fleet;
import dev.skein.orchestrator.fleet.FleetView;
import dev.skein.orchestrator.fleet.PublishedPlan;
import dev.skein.orchestrator.rollout.Accepted;
import dev.skein.orchestrator.rollout.Command;
import dev.skein.orchestrator.rollout.CommandReply;
import dev.skein.orchestrator.rollout.Decision;
import dev.skein.orchestrator.rollout.Rejection;
import dev.skein.orchestrator.rollout.RolloutDecider;
import dev.skein.orchestrator.rollout.TestLog;
import dev.skein.orchestrator.runtime.Answer;
import dev.skein.orchestrator.runtime.DatabaseHistory;
import dev.skein.orchestrator.runtime.FleetService;
import dev.skein.orchestrator.runtime.Subscription;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.codec.PlanCodec;
import dev.skein.protocol.event.PlanPublished;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The fleet behind the API without a log: decides and folds at once, or answers as it was told to.
 */
final class FakeFleet implements FleetService {
    private final Fleet fleet = new Fleet();
    private final TestLog log = new TestLog();
    private final FakeTail tail = new FakeTail();
    private final List<Command> commands = new ArrayList<>();
    private Optional<Answer<CommandReply>> told = Optional.empty();
    private volatile Optional<RuntimeException> broken = Optional.empty();
    private volatile FleetView view = fleet.view();
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private volatile boolean ready = true;
    private volatile Optional<Duration> clockDifference = Optional.empty();
    private volatile boolean leaderKnown = true;
    private int rollouts;

    /** Every request for a change is answered with this from now on. */
    synchronized void answerWith(Answer<CommandReply> answer) {
        told = Optional.of(answer);
    }

    /** Histories and views fail with this from now on. */
    void breakWith(RuntimeException failure) {
        broken = Optional.of(failure);
    }

    void clockAhead(Duration ahead) {
        clockDifference = Optional.of(ahead);
    }

    @Override
    public Optional<Duration> clockDifference() {
        return clockDifference;
    }

    void withoutLeader() {
        leaderKnown = false;
    }

    void notReady() {
        ready = false;
    }

    void after(Duration duration) {
        now = now.plus(duration);
    }

    synchronized List<Command> commands() {
        return List.copyOf(commands);
    }

    @Override
    public FakeTail tail() {
        return tail;
    }

    /** Appends and folds. */
    synchronized List<Position> append(List<Entry> entries) {
        List<Position> positions = new ArrayList<>();
        for (Entry entry : entries) {
            LogRecord record = log.append(entry, now);
            fleet.apply(record.envelope(), record.position(), record.appendedAt());
            positions.add(record.position());
            tail.append(record);
        }
        view = fleet.view();
        return positions;
    }

    /** A plan under an id that is not its digest. */
    void publishAs(String id) {
        Plan plan = SampleFleet.plan("select 2");
        PlanPublished event = new PlanPublished(new PlanId(id), "other", plan, "ann", now);
        append(List.of(new Entry(Topic.PLANS, Envelope.uncounted("o-1", event))));
    }

    /** What is due in a rollout, once. */
    void advance(String rollout) {
        submit(new Command.Advance(new RolloutId(rollout), now));
    }

    synchronized Fleet fleet() {
        return fleet;
    }

    @Override
    public FleetView view() {
        broken.ifPresent(
                failure -> {
                    throw failure;
                });
        return view;
    }

    @Override
    public Subscription onView(Consumer<FleetView> listener) {
        return () -> {};
    }

    @Override
    public synchronized Future<Answer<CommandReply>> submit(Command command) {
        commands.add(command);
        return Future.succeededFuture(told.orElseGet(() -> decide(command)));
    }

    private Answer<CommandReply> decide(Command command) {
        return RolloutDecider.decide(fleet, command).accept(new Shell());
    }

    private final class Shell implements Decision.Visitor<Answer<CommandReply>> {
        @Override
        public Answer<CommandReply> on(Accepted decision) {
            return new Answer.Done<>(decision.reply(), append(decision.entries()));
        }

        @Override
        public Answer<CommandReply> on(Rejection decision) {
            return new Answer.Rejected<>(decision);
        }
    }

    @Override
    public synchronized Future<Answer<PublishedPlan>> publish(Plan plan, String name, String by) {
        PlanId id = PlanCodec.idOf(plan);
        List<Position> positions = List.of();
        if (fleet.plan(id).isEmpty()) {
            PlanPublished event = new PlanPublished(id, name, plan, by, now);
            positions = append(List.of(new Entry(Topic.PLANS, Envelope.uncounted("o-1", event))));
        }
        PublishedPlan published = fleet.plan(id).orElseThrow();
        return Future.succeededFuture(new Answer.Done<>(published, positions));
    }

    @Override
    public synchronized Future<DatabaseHistory> history(DatabaseId database, int limit) {
        if (broken.isPresent()) {
            return Future.failedFuture(broken.get());
        }
        List<LogRecord> all =
                log.records().stream()
                        .filter(each -> each.key().equals(database.toString()))
                        .toList();
        int omitted = Math.max(0, all.size() - limit);
        return Future.succeededFuture(
                new DatabaseHistory(all.subList(omitted, all.size()), omitted));
    }

    @Override
    public boolean leading() {
        return true;
    }

    @Override
    public boolean takesCommands() {
        return ready && leaderKnown;
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public synchronized RolloutId nextRolloutId() {
        rollouts++;
        return new RolloutId("r-" + rollouts);
    }
}
