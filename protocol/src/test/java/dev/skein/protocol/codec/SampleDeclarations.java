package dev.skein.protocol.codec;

import static dev.skein.protocol.codec.SampleEvents.PLAN;

import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.DeclaredVersion;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.OrderBasis;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.event.VersionProof;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.strategy.StepLimits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a person's word about a version added to older events. */
final class SampleDeclarations {
    private static final DatabaseId ACME = DatabaseId.of("pg-eu-1", "acme");
    private static final RolloutId ROLLOUT = new RolloutId("r-9");
    private static final Instant AT = Instant.parse("2026-11-30T12:00:00Z");
    private static final DeclaredVersion DECLARED = new DeclaredVersion("2.1", true);

    private SampleDeclarations() {}

    static List<FleetEvent> all() {
        return List.of(
                new RolloutOpened(
                        ROLLOUT,
                        PLAN,
                        12,
                        SampleStrategies.minimal(),
                        List.of(),
                        "cd".repeat(32),
                        Optional.of(RolloutPurpose.ADOPT),
                        Optional.empty(),
                        Optional.of(DECLARED),
                        "ada",
                        AT),
                new OrderIssued(
                        ACME,
                        3,
                        ROLLOUT,
                        0,
                        1,
                        OrderKind.ADOPT,
                        new AgentId("eu-1"),
                        PLAN,
                        12,
                        41,
                        StepLimits.defaults(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(
                                new OrderBasis(
                                        Optional.empty(),
                                        Optional.empty(),
                                        OptionalLong.empty(),
                                        Optional.of(DECLARED))),
                        AT),
                new DatabaseAdopted(ACME, ROLLOUT, 3, findings(), AT));
    }

    private static SurveyFindings findings() {
        return new SurveyFindings(
                        Optional.of("2.1"), 2, List.of(), List.of(), List.of(), List.of(), false)
                .with(
                        new VersionProof(
                                "2.1",
                                VersionProof.Verdict.UNPROVEN,
                                List.of("the plan was never rehearsed"),
                                0));
    }
}
