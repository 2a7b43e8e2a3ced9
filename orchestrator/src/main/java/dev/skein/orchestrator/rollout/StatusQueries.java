package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.orchestrator.fleet.OrderReport;
import dev.skein.orchestrator.fleet.PublishedPlan;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What people see of rollouts, computed from the parts of the state. Pure; each call is linear in
 * the number of the rollout's databases.
 */
public final class StatusQueries {
    private final FleetLookup fleet;
    private final RolloutState rollout;
    private final Instant now;
    private final TargetStatuses targets;
    private final RolloutPhase phase;
    private final StatusReason reasons;
    private final Optional<Plan> plan;

    private StatusQueries(FleetLookup fleet, RolloutState rollout, Instant now) {
        this.fleet = fleet;
        this.rollout = rollout;
        this.now = now;
        phase = Gates.phase(rollout, now);
        TargetStatuses all = TargetStatuses.of(fleet, rollout, now);
        targets =
                phase == RolloutPhase.PAUSED
                        ? rollout.pause().map(pause -> all.shownIn(pause.number())).orElse(all)
                        : all;
        plan = fleet.plan(rollout.opened().plan()).map(PublishedPlan::content);
        reasons = new StatusReason(fleet, rollout, targets, phase);
    }

    /** The rollout with its waves and counts. */
    public static RolloutStatus rollout(FleetLookup fleet, RolloutState rollout, Instant now) {
        return new StatusQueries(fleet, rollout, now).status();
    }

    /** The verbs that it takes now. */
    public static List<Offer> offers(FleetLookup fleet, RolloutState rollout, Instant now) {
        return Offers.of(fleet, rollout, now);
    }

    /** All databases of the rollout, wave by wave. */
    public static List<DatabaseStatus> databases(
            FleetLookup fleet, RolloutState rollout, Instant now) {
        StatusQueries queries = new StatusQueries(fleet, rollout, now);
        return queries.targets.inOrder().stream().map(queries::status).toList();
    }

    /** One database of the rollout; empty if it has no such database. */
    public static Optional<DatabaseStatus> database(
            FleetLookup fleet, RolloutState rollout, DatabaseId database, Instant now) {
        if (!rollout.targets().containsKey(database)) {
            return Optional.empty();
        }
        StatusQueries queries = new StatusQueries(fleet, rollout, now);
        return queries.targets
                .where(each -> each.id().equals(database))
                .map(queries::status)
                .findFirst();
    }

    private RolloutStatus status() {
        int draining = PhaseText.draining(rollout, targets);
        List<HalfDone> halfDone =
                targets.inOrder().stream().map(this::halfDone).flatMap(Optional::stream).toList();
        return new RolloutStatus(
                rollout.id(),
                rollout.opened().plan(),
                rollout.opened().digest(),
                phase,
                PhaseText.of(rollout, targets, phase, now) + leftHalf(halfDone),
                draining,
                phase == RolloutPhase.PAUSED && draining == 0,
                targets.all().databases(),
                targets.all().byState(),
                targets.all().outstanding(),
                IntStream.range(0, rollout.waves().size()).mapToObj(this::wave).toList(),
                HeldUp.needsPerson(targets, rollout, phase, now),
                targets.where(each -> HeldUp.holds(targets, rollout, each))
                        .map(this::status)
                        .toList(),
                halfDone,
                targets.where(each -> each.cause().isPresent() && !each.state().isFailure())
                        .map(this::status)
                        .toList(),
                rollout.isOpen() ? LateDatabases.of(fleet, rollout) : List.of(),
                rollout.isOpen() ? LateDatabases.leftOver(fleet, rollout) : 0,
                rollout.opened().by(),
                rollout.opened().at(),
                rollout.changedAt(),
                rollout.closed().map(RolloutClosed::at));
    }

    /** Nothing else of a rollout that has ended would say that it left something to be done. */
    private String leftHalf(List<HalfDone> halfDone) {
        return phase.isClosed() && !halfDone.isEmpty()
                ? "; "
                        + Texts.databases(halfDone.size())
                        + Texts.are(halfDone.size())
                        + " left half done"
                : "";
    }

    private WaveStatus wave(int index) {
        StateCounts counts = targets.wave(index);
        boolean overdue = rollout.waves().get(index).overdueAt().isPresent();
        return new WaveStatus(
                index,
                rollout.spec(index).name(),
                Gates.wavePhase(rollout, index, now),
                counts.databases(),
                counts.byState(),
                counts.outstanding(),
                rollout.spec(index).limits().maxInFlight(),
                counts.failures(false),
                overdue ? counts.unfinished() : 0,
                Gates.failuresAllowed(rollout, index, counts.databases()),
                Gates.soakUntil(rollout, index),
                Gates.deadlineAt(rollout, index),
                rollout.waves().get(index));
    }

    private Optional<HalfDone> halfDone(TargetStatus each) {
        return plan.flatMap(known -> HalfDone.of(rollout, each.database(), known));
    }

    private String sinceThen(TargetStatus each) {
        return plan.flatMap(known -> SinceThen.of(rollout, each, known))
                .map(version -> "; since then it was seen at version " + version)
                .orElse("");
    }

    private DatabaseStatus status(TargetStatus each) {
        Optional<AgentId> agent =
                each.order()
                        .map(IssuedOrder::agent)
                        .or(
                                () ->
                                        fleet.inventory()
                                                .announcement(each.id())
                                                .map(announcement -> announcement.owner()));
        return new DatabaseStatus(
                each.id(),
                each.wave(),
                rollout.spec(each.wave()).name(),
                each.state(),
                each.target().desired(),
                reasons.of(each)
                        + sinceThen(each)
                        + halfDone(each).map(half -> "; " + half.text()).orElse(""),
                each.outstanding(),
                agent,
                each.order().map(IssuedOrder::epoch).orElse(0L),
                StepsOfThePlan.of(rollout, each),
                each.report().flatMap(OrderReport::failure),
                each.cause(),
                halfDone(each),
                each.report().flatMap(OrderReport::findings),
                each.report().flatMap(OrderReport::ledger),
                each.report().flatMap(OrderReport::remainder),
                each.runUnderWay(fleet),
                each.order().map(IssuedOrder::issuedAt),
                each.report().map(OrderReport::at));
    }
}
