package dev.skein.protocol.codec;

import static dev.skein.protocol.codec.SampleEvents.ACME;
import static dev.skein.protocol.codec.SampleEvents.AGENT;
import static dev.skein.protocol.codec.SampleEvents.AT;
import static dev.skein.protocol.codec.SampleEvents.ROLLOUT;
import static dev.skein.protocol.codec.SampleEvents.findings;
import static dev.skein.protocol.codec.SampleEvents.orderIssued;

import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.LedgerFinding;
import dev.skein.protocol.event.LogCreated;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderBasis;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.id.LogId;
import dev.skein.protocol.strategy.StepLimits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a log and a ledger say of each other, added to older events. */
final class SampleLinks {
    private SampleLinks() {}

    /** What says which log an event belongs to. */
    static List<FleetEvent> all() {
        OrderBasis basis =
                new OrderBasis(
                        Optional.of(new LogId("log-7f3a")), Optional.of("2.1"), OptionalLong.of(2));
        return List.of(
                orderIssued(
                        OrderKind.ADOPT,
                        StepLimits.defaults(),
                        Optional.of(Repair.STEP_DONE),
                        Optional.of(basis)),
                new LogCreated(new LogId("log-7f3a"), "orchestrator-1", OptionalInt.of(12), AT),
                new OrderAccepted(
                        ACME,
                        ROLLOUT,
                        3,
                        OrderKind.APPLY,
                        AGENT,
                        new Progress(2, 7),
                        Optional.of("2.1"),
                        Optional.of(
                                new LedgerFinding(
                                        LedgerFinding.Kind.BEHIND,
                                        "the ledger ends with report 5")),
                        AT),
                new DatabaseSurveyed(
                        ACME,
                        ROLLOUT,
                        3,
                        findings(),
                        Optional.of(
                                new LedgerFinding(
                                        LedgerFinding.Kind.ANOTHER_LOG,
                                        "the ledger obeys another log")),
                        AT));
    }
}
