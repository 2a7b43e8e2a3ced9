package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.orchestrator.fleet.Report;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What people see of rollouts, computed from the parts of the state. Pure; each call is linear in
 * the number of the rollout's databases.
 */
public final class Standings {
    private final FleetLookup fleet;
    private final RolloutState rollout;
    private final Instant now;
    private final RolloutFacts facts;
    private final RolloutPhase phase;
    private final Reasons reasons;

    private Standings(FleetLookup fleet, RolloutState rollout, Instant now) {
        this.fleet = fleet;
        this.rollout = rollout;
        this.now = now;
        facts = RolloutFacts.of(fleet, rollout, now);
        phase = Gates.phase(rollout, now);
        reasons = new Reasons(fleet, rollout, facts, phase);
    }

    /** The rollout with its waves and counts. */
    public static RolloutStanding rollout(FleetLookup fleet, RolloutState rollout, Instant now) {
        return new Standings(fleet, rollout, now).standing();
    }

    /** All databases of the rollout, wave by wave. */
    public static List<DatabaseStanding> databases(
            FleetLookup fleet, RolloutState rollout, Instant now) {
        Standings standings = new Standings(fleet, rollout, now);
        return standings.facts.targets().stream().map(standings::standing).toList();
    }

    /** One database of the rollout; empty if it has no such database. */
    public static Optional<DatabaseStanding> database(
            FleetLookup fleet, RolloutState rollout, DatabaseId database, Instant now) {
        if (!rollout.targets().containsKey(database)) {
            return Optional.empty();
        }
        Standings standings = new Standings(fleet, rollout, now);
        return standings
                .facts
                .where(each -> each.id().equals(database))
                .map(standings::standing)
                .findFirst();
    }

    private RolloutStanding standing() {
        int draining = PhaseText.draining(rollout, facts);
        return new RolloutStanding(
                rollout.id(),
                rollout.opened().plan(),
                rollout.opened().digest(),
                phase,
                PhaseText.of(rollout, facts, phase, now),
                draining,
                phase == RolloutPhase.PAUSED && draining == 0,
                facts.all().databases(),
                facts.all().byState(),
                facts.all().outstanding(),
                IntStream.range(0, rollout.waves().size()).mapToObj(this::wave).toList(),
                rollout.isOpen() ? LateDatabases.of(fleet, rollout) : List.of(),
                rollout.opened().by(),
                rollout.opened().at(),
                rollout.changedAt(),
                rollout.closed().map(RolloutClosed::at));
    }

    private WaveStanding wave(int index) {
        StateCounts counts = facts.wave(index);
        boolean overdue = rollout.waves().get(index).overdueAt().isPresent();
        return new WaveStanding(
                index,
                rollout.spec(index).name(),
                Gates.wavePhase(rollout, index, now),
                counts.databases(),
                counts.byState(),
                counts.outstanding(),
                rollout.spec(index).limits().maxInFlight(),
                counts.failures(overdue),
                Gates.failuresAllowed(rollout, index, counts.databases()),
                Gates.soakUntil(rollout, index),
                Gates.deadlineAt(rollout, index),
                rollout.waves().get(index));
    }

    private DatabaseStanding standing(TargetFacts each) {
        Optional<AgentId> agent =
                each.order()
                        .map(IssuedOrder::agent)
                        .or(() -> fleet.inventory().claim(each.id()).map(claim -> claim.owner()));
        return new DatabaseStanding(
                each.id(),
                each.wave(),
                rollout.spec(each.wave()).name(),
                each.state(),
                each.target().wish(),
                reasons.of(each),
                each.outstanding(),
                agent,
                each.order().map(IssuedOrder::epoch).orElse(0L),
                each.report().flatMap(Report::progress),
                each.report().flatMap(Report::trouble),
                each.report().flatMap(Report::findings),
                each.order().map(IssuedOrder::issuedAt),
                each.report().map(Report::at));
    }
}
