package dev.skein.protocol.codec;

import dev.skein.protocol.event.AgentEvent;
import dev.skein.protocol.event.AgentHeartbeat;
import dev.skein.protocol.event.AgentStarted;
import dev.skein.protocol.event.AgentStopped;
import dev.skein.protocol.event.AnnouncedDatabase;
import dev.skein.protocol.event.Blocker;
import dev.skein.protocol.event.ChecksumDifference;
import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseIrreversible;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.DatabaseUnavailable;
import dev.skein.protocol.event.DatabasesJoined;
import dev.skein.protocol.event.DatabasesRetried;
import dev.skein.protocol.event.DatabasesSkipped;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.KeyRange;
import dev.skein.protocol.event.LeadershipTaken;
import dev.skein.protocol.event.LogCreated;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderBasis;
import dev.skein.protocol.event.OrderEvent;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.PauseCause;
import dev.skein.protocol.event.PlanPublished;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.RecordSkipped;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RolloutAborted;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.event.RolloutOutcome;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.event.RolloutResumed;
import dev.skein.protocol.event.ServerAnnounced;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.event.StepRetried;
import dev.skein.protocol.event.StepStarted;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.event.WaveApprovalRevoked;
import dev.skein.protocol.event.WaveApproved;
import dev.skein.protocol.event.WaveOverdue;
import dev.skein.protocol.event.WavePassed;
import dev.skein.protocol.event.WavePromoted;
import dev.skein.protocol.event.WaveSettled;
import dev.skein.protocol.event.WaveStarted;
import dev.skein.protocol.event.WaveTargets;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.LogId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.strategy.StepLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** One event of each type with every component filled in, and some with as little as may be. */
final class SampleEvents {
    static final Instant AT = Instant.parse("2026-01-02T15:04:05.123456Z");
    static final RolloutId ROLLOUT = new RolloutId("r-20260102-1504-7f3a");
    static final DatabaseId ACME = DatabaseId.of("pg-eu-1", "acme");
    static final DatabaseId TENANT = DatabaseId.of("pg-eu-1", "shared", "t_1");
    static final AgentId AGENT = new AgentId("eu-1");
    static final PlanId PLAN = new PlanId("4f".repeat(32));

    static final String INSTANCE = "5d0c1f9e";
    private static final String DIGEST = "a7".repeat(32);
    static final String BY = "ops@example.org";
    static final Progress PROGRESS = new Progress(2, 7);
    static final StepRef STEP = new StepRef("3", 1, Direction.UP);
    private static final List<DatabaseId> DATABASES = List.of(ACME, TENANT);
    private static final List<WaveTargets> WAVES =
            List.of(
                    new WaveTargets("canary", List.of(ACME)),
                    new WaveTargets("everyone", List.of(TENANT)));
    private static final StepFailure BLOCKED =
            new StepFailure(
                    "lock-timeout",
                    Optional.of("55P03"),
                    "lock on table \"orders\" not acquired in 2000 ms",
                    true,
                    List.of(
                            new Blocker(
                                    4711,
                                    "app",
                                    "psql",
                                    "idle in transaction",
                                    Optional.of(AT.minusSeconds(90)))));
    private static final StepFailure UNREACHABLE =
            new StepFailure("unreachable", Optional.empty(), "no answer", true, List.of());

    private SampleEvents() {}

    static List<FleetEvent> full() {
        return List.of(
                new PlanPublished(PLAN, "billing 7", SamplePlans.full(), BY, AT),
                new RolloutOpened(
                        ROLLOUT, PLAN, 12, SampleStrategies.full(), WAVES, DIGEST, BY, AT),
                new WaveStarted(ROLLOUT, 0, AT),
                new WaveSettled(ROLLOUT, 0, 4, 1, 2, AT),
                new WaveOverdue(ROLLOUT, 0, 3, AT),
                new WavePromoted(ROLLOUT, 0, BY, AT),
                new WaveApproved(ROLLOUT, 0, DIGEST, BY, AT),
                new WaveApprovalRevoked(ROLLOUT, 0, "the canary is slow", BY, AT),
                new WavePassed(ROLLOUT, 0, AT),
                new RolloutPaused(
                        ROLLOUT, 1, PauseCause.FAILURE_BUDGET, "3 of 50 failed, 2 allowed", BY, AT),
                new RolloutResumed(ROLLOUT, BY, AT),
                new DatabasesRetried(ROLLOUT, DATABASES, Optional.empty(), BY, AT),
                new DatabasesSkipped(ROLLOUT, DATABASES, "tenant is leaving", BY, AT),
                new DatabasesJoined(ROLLOUT, 1, DATABASES, AT),
                new RollbackRequested(
                        ROLLOUT, RollbackScope.DATABASES, DATABASES, "wrong column", BY, AT),
                new RolloutAborted(ROLLOUT, "superseded", BY, AT),
                new RolloutClosed(ROLLOUT, RolloutOutcome.ROLLED_BACK, 0, 1, 49, AT),
                new LeadershipTaken("orchestrator-1", "http://127.0.0.1:8080", AT),
                new LogCreated(new LogId("log-7f3a"), "orchestrator-1", AT),
                orderIssued(
                        new StepLimits(
                                Duration.ofSeconds(2),
                                Optional.of(Duration.ofMinutes(5)),
                                Duration.ofMillis(250),
                                10)),
                new OrderAccepted(
                        ACME, ROLLOUT, 3, OrderKind.APPLY, AGENT, PROGRESS, Optional.of("2.1"), AT),
                new StepStarted(ACME, ROLLOUT, 3, STEP, PROGRESS, AT),
                new StepSucceeded(
                        ACME,
                        ROLLOUT,
                        3,
                        STEP,
                        StepOutcome.FOUND_DONE,
                        2,
                        Duration.ofMillis(1234),
                        PROGRESS,
                        AT),
                new StepRetried(ACME, ROLLOUT, 3, STEP, 4, 10, BLOCKED, Duration.ofMillis(800), AT),
                new OrderPaused(ACME, ROLLOUT, 3, 1, PROGRESS, AT),
                new OrderStopped(ACME, ROLLOUT, 3, PROGRESS, AT),
                new DatabaseApplied(ACME, ROLLOUT, 3, "3", new Progress(7, 7), AT),
                new DatabaseRolledBack(
                        ACME, ROLLOUT, 3, Optional.of("2.1"), new Progress(7, 7), AT),
                new DatabaseFailed(
                        ACME,
                        ROLLOUT,
                        3,
                        OrderKind.ROLLBACK,
                        Optional.of(STEP),
                        BLOCKED,
                        PROGRESS,
                        AT),
                new DatabaseIrreversible(ACME, ROLLOUT, 3, "2.1", "it has no down", AT),
                new DatabaseUnavailable(
                        ACME, ROLLOUT, 3, UNREACHABLE, 4, Duration.ofSeconds(8), AT),
                new DatabaseSurveyed(ACME, ROLLOUT, 3, findings(), AT),
                new DatabaseAdopted(ACME, ROLLOUT, 3, findings(), AT),
                new AgentStarted(
                        AGENT, INSTANCE, List.of("pg-eu-1", "pg-eu-2"), Duration.ofSeconds(5), AT),
                new ServerAnnounced(
                        AGENT,
                        INSTANCE,
                        "pg-eu-1",
                        4,
                        List.of(
                                new AnnouncedDatabase(
                                        ACME,
                                        new TreeMap<>(Map.of("region", "eu", "tier", "free")))),
                        Optional.of("no answer in 5 s"),
                        AT),
                new AgentHeartbeat(AGENT, INSTANCE, 3, 40, AT),
                new AgentStopped(AGENT, INSTANCE, AT),
                new RecordSkipped("rollouts", 0, 17, "ann", "truncated by a broken proxy", AT));
    }

    /** A plan that says where its statements stand. */
    static FleetEvent placed() {
        return new PlanPublished(PLAN, "billing 7", SamplePlans.placed(), BY, AT);
    }

    /** What later releases of this version added to events that were there before. */
    static List<FleetEvent> grown() {
        return List.of(
                new PlanPublished(PLAN, "billing 7", SamplePlans.grown(), BY, AT),
                new RolloutOpened(
                        ROLLOUT,
                        PLAN,
                        12,
                        SampleStrategies.rehearsed(),
                        WAVES,
                        DIGEST,
                        Optional.of(RolloutPurpose.SURVEY),
                        Optional.empty(),
                        Optional.empty(),
                        BY,
                        AT),
                new DatabasesRetried(ROLLOUT, DATABASES, Optional.of(Repair.BOOKS), BY, AT),
                new RollbackRequested(
                        ROLLOUT,
                        RollbackScope.DATABASES,
                        DATABASES,
                        "once more",
                        BY,
                        Optional.of(Repair.STEP_NOT_DONE),
                        Optional.empty(),
                        AT),
                new StepSucceeded(
                        ACME,
                        ROLLOUT,
                        3,
                        STEP,
                        StepOutcome.EXECUTED,
                        1,
                        Duration.ofMillis(1234),
                        PROGRESS,
                        Optional.of("3"),
                        Optional.empty(),
                        AT),
                orderIssued(OrderKind.ADOPT, StepLimits.defaults(), Optional.of(Repair.STEP_DONE)),
                new DatabaseFailed(
                        ACME,
                        ROLLOUT,
                        3,
                        OrderKind.APPLY,
                        Optional.empty(),
                        new StepFailure(
                                "ledger-ahead",
                                Optional.empty(),
                                "the ledger holds epoch 9",
                                false,
                                List.of()),
                        PROGRESS,
                        OptionalLong.of(9),
                        AT),
                new ServerAnnounced(
                        AGENT,
                        INSTANCE,
                        "pg-eu-1",
                        4,
                        List.of(),
                        Optional.empty(),
                        Optional.of("15.20 (Debian 15.20-0+deb12u1)"),
                        AT));
    }

    static SurveyFindings findings() {
        return new SurveyFindings(
                Optional.of("7"),
                6,
                List.of(new KeyRange("5", "5", 1), new KeyRange("8", "R:views", 3)),
                List.of(new ChecksumDifference("3", "-12", "34")),
                List.of("4.1"),
                List.of("9"),
                true);
    }

    static List<FleetEvent> minimal() {
        Progress none = new Progress(0, 0);
        SurveyFindings nothing =
                new SurveyFindings(
                        Optional.empty(), 0, List.of(), List.of(), List.of(), List.of(), false);
        return List.of(
                new DatabaseSurveyed(ACME, ROLLOUT, 1, nothing, AT),
                new PlanPublished(PLAN, "", SamplePlans.minimal(), "", AT),
                new RolloutOpened(
                        ROLLOUT, PLAN, 0, SampleStrategies.minimal(), List.of(), DIGEST, "", AT),
                orderIssued(StepLimits.defaults()),
                new OrderAccepted(
                        ACME, ROLLOUT, 1, OrderKind.APPLY, AGENT, none, Optional.empty(), AT),
                new DatabaseRolledBack(ACME, ROLLOUT, 1, Optional.empty(), none, AT),
                new DatabaseFailed(
                        ACME, ROLLOUT, 1, OrderKind.APPLY, Optional.empty(), UNREACHABLE, none, AT),
                new StepRetried(
                        TENANT,
                        ROLLOUT,
                        1,
                        STEP,
                        1,
                        10,
                        new StepFailure(
                                "lock-timeout",
                                Optional.of("55P03"),
                                "lock not acquired",
                                true,
                                List.of(new Blocker(1, "", "", "active", Optional.empty()))),
                        Duration.ZERO,
                        AT),
                new ServerAnnounced(
                        AGENT, INSTANCE, "pg-eu-1", 4, List.of(), Optional.empty(), AT));
    }

    static Envelope enveloped(FleetEvent event) {
        Envelope plain = Envelope.counted(sourceOf(event), 42, event);
        String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        return new Envelope(
                plain.id(), plain.source(), plain.sequence(), Optional.of(parent), false, event);
    }

    static Envelope barelyEnveloped(FleetEvent event) {
        return Envelope.uncounted(sourceOf(event), event);
    }

    private static String sourceOf(FleetEvent event) {
        if (event instanceof RolloutEvent decision) {
            return "rollout:" + decision.rollout();
        }
        if (event instanceof StepEvent report) {
            return "database:" + report.database();
        }
        if (event instanceof OrderEvent order) {
            return "order:" + order.database();
        }
        return event instanceof AgentEvent report
                ? "agent:" + report.agent()
                : "orchestrator:orchestrator-1";
    }

    private static OrderIssued orderIssued(StepLimits limits) {
        return orderIssued(OrderKind.APPLY, limits, Optional.empty());
    }

    private static OrderIssued orderIssued(
            OrderKind kind, StepLimits limits, Optional<Repair> repair) {
        return orderIssued(kind, limits, repair, Optional.empty());
    }

    static OrderIssued orderIssued(
            OrderKind kind,
            StepLimits limits,
            Optional<Repair> repair,
            Optional<OrderBasis> basis) {
        return new OrderIssued(
                ACME,
                3,
                ROLLOUT,
                1,
                2,
                kind,
                AGENT,
                PLAN,
                12,
                41,
                limits,
                SampleStrategies.checks(),
                repair,
                basis,
                AT);
    }
}
