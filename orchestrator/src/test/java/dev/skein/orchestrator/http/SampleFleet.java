package dev.skein.orchestrator.http;

import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.AgentStarted;
import dev.skein.protocol.event.AnnouncedDatabase;
import dev.skein.protocol.event.Blocker;
import dev.skein.protocol.event.ChecksumDifference;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.KeyRange;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.ServerAnnounced;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Fills a fleet: agent {@code eu-1} announces {@code pg-1/db-0001} and so on, every second one of
 * them of tier {@code free}, the others {@code paid}.
 */
final class SampleFleet {
    static final AgentId AGENT = new AgentId("eu-1");
    static final String SERVER = "pg-1";

    private final FakeFleet fleet;

    SampleFleet(FakeFleet fleet) {
        this.fleet = fleet;
    }

    static DatabaseId database(int number) {
        return DatabaseId.of(SERVER, "db-%04d".formatted(number));
    }

    /** A plan of one migration. */
    static Plan plan(String sql) {
        Migration migration =
                new Migration(
                        MigrationKind.VERSIONED,
                        "1",
                        "users",
                        "V1__users.sql",
                        Optional.empty(),
                        List.of(new ScriptStep(sql)),
                        Optional.of(List.of(new ScriptStep("select 0"))));
        return new Plan(Framework.SQL, Optional.empty(), List.of(migration));
    }

    void announce(int databases) {
        announce(AGENT, databases);
    }

    void announce(AgentId agent, int databases) {
        List<AnnouncedDatabase> announced =
                IntStream.rangeClosed(1, databases)
                        .mapToObj(each -> new AnnouncedDatabase(database(each), labels(each)))
                        .toList();
        agent(
                new AgentStarted(
                        agent, "run-1", List.of(SERVER), Duration.ofSeconds(10), fleet.now()));
        agent(
                new ServerAnnounced(
                        agent, "run-1", SERVER, 4, announced, Optional.empty(), fleet.now()));
    }

    private static SortedMap<String, String> labels(int number) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("tier", number % 2 == 0 ? "free" : "paid");
        labels.put("tenant", "t-" + number);
        return labels;
    }

    private void agent(FleetEvent event) {
        fleet.append(List.of(new Entry(Topic.AGENTS, Envelope.uncounted("agent", event))));
    }

    void accepted(DatabaseId database) {
        IssuedOrder order = order(database);
        report(
                new OrderAccepted(
                        database,
                        order.rollout(),
                        order.epoch(),
                        order.kind(),
                        order.agent(),
                        new Progress(0, 1),
                        Optional.empty(),
                        fleet.now()));
    }

    void applied(DatabaseId database) {
        IssuedOrder order = order(database);
        report(
                new DatabaseApplied(
                        database,
                        order.rollout(),
                        order.epoch(),
                        "1",
                        new Progress(1, 1),
                        fleet.now()));
    }

    void failed(DatabaseId database) {
        IssuedOrder order = order(database);
        Blocker blocker =
                new Blocker(123, "ann", "psql", "idle in transaction", Optional.of(fleet.now()));
        StepFailure failure =
                new StepFailure(
                        "lock-timeout",
                        Optional.of("55P03"),
                        "lock not acquired in 2000 ms",
                        true,
                        List.of(blocker));
        report(
                new DatabaseFailed(
                        database,
                        order.rollout(),
                        order.epoch(),
                        OrderKind.APPLY,
                        Optional.empty(),
                        failure,
                        new Progress(0, 1),
                        fleet.now()));
    }

    void surveyed(DatabaseId database) {
        IssuedOrder order = order(database);
        SurveyFindings findings =
                new SurveyFindings(
                        Optional.of("3"),
                        3,
                        List.of(new KeyRange("4", "5", 2)),
                        List.of(new ChecksumDifference("2", "a", "b")),
                        List.of("2.5"),
                        List.of(),
                        false);
        StepEvent event =
                new DatabaseSurveyed(
                        database, order.rollout(), order.epoch(), findings, fleet.now());
        Envelope envelope = Envelope.uncounted("database:" + database, event);
        fleet.append(List.of(new Entry(Topic.PROGRESS, envelope)));
    }

    private IssuedOrder order(DatabaseId database) {
        return fleet.fleet().database(database).orders().last().orElseThrow();
    }

    private void report(StepEvent event) {
        long sequence = fleet.fleet().database(event.database()).progress().sequence() + 1;
        Envelope envelope = Envelope.counted("database:" + event.database(), sequence, event);
        fleet.append(List.of(new Entry(Topic.PROGRESS, envelope)));
    }
}
