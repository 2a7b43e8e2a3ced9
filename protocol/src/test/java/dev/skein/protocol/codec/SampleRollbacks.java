package dev.skein.protocol.codec;

import static dev.skein.protocol.codec.SampleEvents.PLAN;

import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.PlanReference;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.RollbackRemainder;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.strategy.RepeatablePolicy;
import dev.skein.protocol.strategy.StepLimits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What rollbacks to a version, and over what cannot be undone, added to older events. */
final class SampleRollbacks {
    private static final DatabaseId ACME = DatabaseId.of("pg-eu-1", "acme");
    private static final RolloutId ROLLOUT = new RolloutId("r-8");
    private static final Instant AT = Instant.parse("2026-11-30T12:00:00Z");
    private static final String BY = "ada";

    private SampleRollbacks() {}

    static List<FleetEvent> all() {
        RollbackTerms terms =
                new RollbackTerms(
                        Optional.of("2.1"),
                        true,
                        List.of("3"),
                        Optional.of(RepeatablePolicy.LEAVE),
                        List.of(new PlanReference(PLAN, 4)));
        return List.of(
                new RolloutOpened(
                        ROLLOUT,
                        PLAN,
                        12,
                        SampleStrategies.undoable(),
                        List.of(),
                        "ab".repeat(32),
                        Optional.empty(),
                        Optional.of(RollbackTerms.to("2.1")),
                        Optional.empty(),
                        BY,
                        AT),
                new RollbackRequested(
                        ROLLOUT,
                        RollbackScope.ALL,
                        List.of(ACME),
                        "slow",
                        BY,
                        Optional.empty(),
                        Optional.of(terms),
                        AT),
                new OrderIssued(
                                ACME,
                                3,
                                ROLLOUT,
                                1,
                                2,
                                OrderKind.ROLLBACK_TO,
                                new AgentId("eu-1"),
                                PLAN,
                                12,
                                41,
                                StepLimits.defaults(),
                                List.of(),
                                Optional.empty(),
                                AT)
                        .with(terms),
                new DatabaseRolledBack(
                        ACME,
                        ROLLOUT,
                        3,
                        Optional.of("3"),
                        new Progress(0, 0),
                        Optional.of(
                                new RollbackRemainder(
                                        true,
                                        List.of(new RolloutId("r-7")),
                                        List.of("3", "R:views"),
                                        "applied by rollout r-7")),
                        AT));
    }
}
