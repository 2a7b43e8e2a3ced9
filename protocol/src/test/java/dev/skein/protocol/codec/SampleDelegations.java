package dev.skein.protocol.codec;

import dev.skein.protocol.event.AgentHeartbeat;
import dev.skein.protocol.event.AgentStarted;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.PlanPublished;
import dev.skein.protocol.event.RunUnderWay;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepStarted;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.id.DatabaseId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is told where runners carry out steps. */
final class SampleDelegations {
    private SampleDelegations() {}

    /** A plan with steps that runners carry out, and what is told of such a step. */
    static List<FleetEvent> all() {
        return List.of(
                new PlanPublished(
                        SampleEvents.PLAN,
                        "billing 7",
                        SamplePlans.delegated(),
                        SampleEvents.BY,
                        SampleEvents.AT),
                new AgentStarted(
                        SampleEvents.AGENT,
                        SampleEvents.INSTANCE,
                        List.of("pg-eu-1"),
                        Duration.ofSeconds(5),
                        Optional.of(List.of("billing", "ledger")),
                        SampleEvents.AT),
                new AgentHeartbeat(
                        SampleEvents.AGENT,
                        SampleEvents.INSTANCE,
                        3,
                        40,
                        Optional.of(
                                List.of(
                                        new RunUnderWay(
                                                SampleEvents.ACME,
                                                "billing",
                                                "ae10",
                                                Optional.of("12 of 40 rates")),
                                        new RunUnderWay(
                                                DatabaseId.of("pg-eu-1", "beta"),
                                                "billing",
                                                "ae10",
                                                Optional.empty()))),
                        SampleEvents.AT),
                new StepStarted(
                        SampleEvents.ACME,
                        SampleEvents.ROLLOUT,
                        3,
                        SampleEvents.STEP,
                        SampleEvents.PROGRESS,
                        Optional.of("billing"),
                        SampleEvents.AT),
                new StepSucceeded(
                        SampleEvents.ACME,
                        SampleEvents.ROLLOUT,
                        3,
                        SampleEvents.STEP,
                        StepOutcome.EXECUTED,
                        1,
                        Duration.ofMillis(1234),
                        SampleEvents.PROGRESS,
                        Optional.of("3"),
                        Optional.of("Running upgrade -> ae10, rates\n12 rates written"),
                        SampleEvents.AT));
    }
}
