package dev.skein.agent.order;

import dev.skein.protocol.codec.Digests;
import dev.skein.protocol.event.DatabasesRetried;
import dev.skein.protocol.event.DatabasesSkipped;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.PauseCause;
import dev.skein.protocol.event.RolloutAborted;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.event.RolloutOutcome;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.event.RolloutResumed;
import dev.skein.protocol.event.WaveStarted;
import dev.skein.protocol.event.WaveTargets;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.strategy.FailureBudget;
import dev.skein.protocol.strategy.LatePolicy;
import dev.skein.protocol.strategy.OnFailure;
import dev.skein.protocol.strategy.Selector;
import dev.skein.protocol.strategy.StepLimits;
import dev.skein.protocol.strategy.Strategy;
import dev.skein.protocol.strategy.WaveGates;
import dev.skein.protocol.strategy.WaveLimits;
import dev.skein.protocol.strategy.WaveSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the orchestrator says, for tests; times are in seconds after a fixed beginning. */
public final class Facts {
    public static final AgentId AGENT = new AgentId("eu-1");
    public static final RolloutId ROLLOUT = new RolloutId("r-1");
    public static final Plan PLAN =
            new Plan(
                    Framework.SQL,
                    Optional.empty(),
                    List.of(
                            new Migration(
                                    MigrationKind.VERSIONED,
                                    "1",
                                    "first",
                                    "0001_first.up.sql",
                                    Optional.empty(),
                                    List.of(new ScriptStep("select 1")),
                                    Optional.empty())));

    private static final Instant BEGINNING = Instant.parse("2026-01-02T03:04:05Z");

    private Facts() {}

    public static Instant at(int second) {
        return BEGINNING.plusSeconds(second);
    }

    public static DatabaseId db(String name) {
        return DatabaseId.parse("pg-1/" + name);
    }

    /** An order of this agent. */
    public static OrderIssued order(String database, long epoch, int second) {
        return order(db(database), epoch, AGENT, new PlanId("a".repeat(64)), 0, second);
    }

    public static OrderIssued order(
            DatabaseId database, long epoch, AgentId agent, PlanId plan, long offset, int second) {
        return order(ROLLOUT, database, epoch, agent, plan, offset, second);
    }

    private static OrderIssued order(
            RolloutId rollout,
            DatabaseId database,
            long epoch,
            AgentId agent,
            PlanId plan,
            long offset,
            int second) {
        return new OrderIssued(
                database,
                epoch,
                rollout,
                0,
                1,
                OrderKind.APPLY,
                agent,
                plan,
                offset,
                0,
                StepLimits.defaults(),
                List.of(),
                Optional.empty(),
                at(second));
    }

    /** The first order of this database, of another rollout. */
    public static OrderIssued orderOf(
            RolloutId rollout, DatabaseId database, PlanId plan, long offset) {
        return order(rollout, database, 1, AGENT, plan, offset, 1);
    }

    /** The rollout begins: the plan to these databases of {@code pg-1}, in one wave. */
    public static RolloutOpened opened(PlanId plan, long offset, DatabaseId... databases) {
        WaveLimits limits =
                new WaveLimits(1, new FailureBudget(0, false), Optional.empty(), OnFailure.PAUSE);
        WaveSpec wave =
                new WaveSpec(
                        "all",
                        Selector.all(),
                        OptionalInt.empty(),
                        OptionalInt.of(100),
                        limits,
                        new WaveGates(Duration.ZERO, false, List.of()));
        Strategy strategy =
                new Strategy(
                        Selector.all(),
                        List.of(wave),
                        LatePolicy.JOIN_LAST_WAVE,
                        StepLimits.defaults());
        List<WaveTargets> waves = List.of(new WaveTargets("all", List.of(databases)));
        return new RolloutOpened(
                ROLLOUT,
                plan,
                offset,
                strategy,
                waves,
                Digests.rollout(
                        plan,
                        strategy,
                        waves,
                        RolloutPurpose.MIGRATE,
                        Optional.empty(),
                        Optional.empty()),
                "ops",
                at(0));
    }

    public static WaveStarted waveStarted() {
        return new WaveStarted(ROLLOUT, 0, at(0));
    }

    public static RolloutPaused paused(int number, int second) {
        return new RolloutPaused(
                ROLLOUT, number, PauseCause.OPERATOR, "a look first", "ops", at(second));
    }

    public static RolloutResumed resumed(int second) {
        return new RolloutResumed(ROLLOUT, "ops", at(second));
    }

    public static RolloutAborted aborted(int second) {
        return new RolloutAborted(ROLLOUT, "wrong plan", "ops", at(second));
    }

    public static RolloutClosed closed(int second) {
        return new RolloutClosed(ROLLOUT, RolloutOutcome.COMPLETED, 1, 0, 0, at(second));
    }

    public static DatabasesSkipped skipped(String database, int second) {
        return new DatabasesSkipped(ROLLOUT, List.of(db(database)), "gone", "ops", at(second));
    }

    public static DatabasesRetried retried(String database, int second) {
        return new DatabasesRetried(
                ROLLOUT, List.of(db(database)), Optional.empty(), "ops", at(second));
    }
}
