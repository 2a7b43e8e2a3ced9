package dev.skein.orchestrator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.fleet.Fleet;
import dev.skein.orchestrator.fleet.FoldOutcome;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.AgentEvent;
import dev.skein.protocol.event.AgentHeartbeat;
import dev.skein.protocol.event.AgentStarted;
import dev.skein.protocol.event.AnnouncedDatabase;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.PlanPublished;
import dev.skein.protocol.event.ServerAnnounced;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.plan.RehearsedStep;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.strategy.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A fleet of one server and one agent over a log without a broker, with a clock that a test turns.
 * Databases are {@code pg-1/db-1}, {@code pg-1/db-2} and so on.
 */
final class Lab {
    static final RolloutId ROLLOUT = new RolloutId("r-1");
    static final AgentId AGENT = new AgentId("eu-1");
    static final String PERSON = "ann";
    static final PlanId PLAN = new PlanId("ab".repeat(32));
    private static final String SERVER = "pg-1";
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final TestLog log = new TestLog();
    private final Fleet fleet = new Fleet();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** A fleet of so many databases, without labels. */
    public static Lab fleet(int databases) {
        return fleet(databases, id -> new TreeMap<>());
    }

    /** The same, with a plan that was tried out. */
    static Lab rehearsedFleet(int databases) {
        return rehearsedFleet(databases, List.of(rehearsedStep()));
    }

    /** The same, with a rehearsal that ran these steps. */
    static Lab rehearsedFleet(int databases, List<RehearsedStep> steps) {
        Rehearsal rehearsal =
                new Rehearsal(
                        Instant.parse("2025-12-31T00:00:00Z"), "15.4", Optional.empty(), steps);
        return fleet(databases, id -> new TreeMap<>(), plan().rehearsed(rehearsal));
    }

    private static RehearsedStep rehearsedStep() {
        String print = "0".repeat(64);
        return new RehearsedStep(
                "1", true, 0, Duration.ofMillis(2), print, print, List.of(), List.of());
    }

    static Lab fleet(int databases, Function<DatabaseId, SortedMap<String, String>> labels) {
        return fleet(databases, labels, plan());
    }

    /** The same, with a plan of these migrations. */
    static Lab fleet(int databases, Migration... migrations) {
        return fleet(
                databases,
                id -> new TreeMap<>(),
                new Plan(Framework.SQL, Optional.empty(), List.of(migrations)));
    }

    private static Lab fleet(
            int databases, Function<DatabaseId, SortedMap<String, String>> labels, Plan plan) {
        Lab lab = new Lab();
        lab.append(Topic.PLANS, new PlanPublished(PLAN, "users", plan, PERSON, lab.now));
        lab.agentStarts(AGENT, "run-1");
        lab.announce(IntStream.rangeClosed(1, databases).mapToObj(Lab::db).toList(), labels);
        return lab;
    }

    private static Plan plan() {
        Migration migration =
                new Migration(
                        MigrationKind.VERSIONED,
                        "1",
                        "users",
                        "V1__users.sql",
                        Optional.empty(),
                        List.of(new ScriptStep("create table users()")),
                        Optional.of(List.of(new ScriptStep("drop table users"))));
        return new Plan(Framework.SQL, Optional.empty(), List.of(migration));
    }

    /** The database {@code pg-1/db-N}. */
    public static DatabaseId db(int number) {
        return DatabaseId.of(SERVER, "db-" + number);
    }

    public Fleet fleet() {
        return fleet;
    }

    public TestLog log() {
        return log;
    }

    public Instant now() {
        return now;
    }

    RolloutState rollout() {
        return fleet.rollout(ROLLOUT).orElseThrow();
    }

    RolloutStatus status() {
        return StatusQueries.rollout(fleet, rollout(), now);
    }

    DatabaseStatus status(DatabaseId database) {
        return StatusQueries.database(fleet, rollout(), database, now).orElseThrow();
    }

    /** Lets time pass; the agent gives signs of life meanwhile. */
    Lab after(Duration duration) {
        now = now.plus(duration);
        return heartbeat();
    }

    /** Lets time pass without any sign of life. */
    Lab silence(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    Lab heartbeat() {
        agent(new AgentHeartbeat(AGENT, "run-1", 0, 0, now));
        return this;
    }

    void agentStarts(AgentId agent, String instance) {
        agent(new AgentStarted(agent, instance, List.of(SERVER), HEARTBEAT, now));
    }

    /** The agent begins anew, with these runners. */
    void agentStartsWith(String... runners) {
        agent(
                new AgentStarted(
                        AGENT,
                        "run-1",
                        List.of(SERVER),
                        HEARTBEAT,
                        Optional.of(List.of(runners)),
                        now));
    }

    /** The server's programs have this version. */
    void announceVersion(String version, List<DatabaseId> databases) {
        List<AnnouncedDatabase> announced =
                databases.stream().map(id -> new AnnouncedDatabase(id, new TreeMap<>())).toList();
        agent(
                new ServerAnnounced(
                        AGENT,
                        "run-1",
                        SERVER,
                        4,
                        announced,
                        Optional.empty(),
                        Optional.of(version),
                        now));
    }

    void announce(
            List<DatabaseId> databases, Function<DatabaseId, SortedMap<String, String>> labels) {
        announce(AGENT, databases, labels);
    }

    void announce(
            AgentId agent,
            List<DatabaseId> databases,
            Function<DatabaseId, SortedMap<String, String>> labels) {
        List<AnnouncedDatabase> announced =
                databases.stream().map(id -> new AnnouncedDatabase(id, labels.apply(id))).toList();
        agent(new ServerAnnounced(agent, "run-1", SERVER, 4, announced, Optional.empty(), now));
    }

    void agent(AgentEvent event) {
        append(new Entry(Topic.AGENTS, Envelope.uncounted("agent:" + event.agent(), event)));
    }

    private void append(Topic topic, FleetEvent event) {
        append(new Entry(topic, Envelope.uncounted("orchestrator:o-1", event)));
    }

    /** Appends and folds. */
    public FoldOutcome append(Entry entry) {
        LogRecord record = log.append(entry, now);
        return fleet.apply(record.envelope(), record.position(), record.appendedAt());
    }

    /** What a record of an agent does that is no event. */
    FoldOutcome unreadable(Topic topic, String key, String problem) {
        return fleet.setAside(log.unreadable(topic, key), Optional.of(key), problem, now);
    }

    /** What a counted report of a database does. */
    FoldOutcome report(StepEvent event) {
        long sequence = fleet.database(event.database()).progress().sequence() + 1;
        return report(sequence, event);
    }

    FoldOutcome report(long sequence, StepEvent event) {
        String source = "database:" + event.database();
        return append(new Entry(Topic.PROGRESS, Envelope.counted(source, sequence, event)));
    }

    FoldOutcome reportUncounted(StepEvent event) {
        String source = "database:" + event.database();
        return append(new Entry(Topic.PROGRESS, Envelope.uncounted(source, event)));
    }

    Decision decide(Command command) {
        return RolloutDecider.decide(fleet, command);
    }

    /** Decides, appends, folds; the decision has to be accepted. */
    Accepted run(Command command) {
        Decision decision = decide(command);
        assertThat(decision).as(command.toString()).isInstanceOf(Accepted.class);
        Accepted accepted = (Accepted) decision;
        accepted.entries().forEach(this::append);
        return accepted;
    }

    Lab open(Strategy strategy) {
        run(new Command.Open(ROLLOUT, PLAN, strategy, PERSON, now));
        return this;
    }

    /** Does what is due; the orders that were issued. */
    List<OrderIssued> advance() {
        List<OrderIssued> orders = new ArrayList<>();
        for (FleetEvent event : events(run(new Command.Advance(ROLLOUT, now)))) {
            if (event instanceof OrderIssued order) {
                orders.add(order);
            }
        }
        return orders;
    }

    static List<FleetEvent> events(Accepted accepted) {
        return accepted.entries().stream().map(entry -> entry.envelope().event()).toList();
    }
}
