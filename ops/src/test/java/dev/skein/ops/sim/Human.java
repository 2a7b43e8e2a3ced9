package dev.skein.ops.sim;

import dev.skein.orchestrator.fleet.DatabaseState;
import dev.skein.orchestrator.fleet.DesiredState;
import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.orchestrator.fleet.ReportStatus;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.fleet.RolloutTarget;
import dev.skein.orchestrator.rollout.Accepted;
import dev.skein.orchestrator.rollout.Command;
import dev.skein.orchestrator.rollout.Decision;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The patient person at the end of a run: gives each rollout what it waits for. */
final class Human {
    private static final String BY = "human";

    /** After so many pauses it is not going to get better. */
    private static final int PAUSES_MAX = 12;

    private final SimOrchestrator orchestrator;
    private final Mender mender;
    private final Set<DatabaseId> givenUp = new TreeSet<>();

    Human(SimOrchestrator orchestrator, Mender mender) {
        this.orchestrator = orchestrator;
        this.mender = mender;
    }

    /** Databases that have no way back, or were left out. */
    Set<DatabaseId> givenUp() {
        return givenUp;
    }

    /** Whether the rollout has ended or waits for a person. */
    boolean isAtRest(RolloutState rollout) {
        int wave = rollout.currentWave();
        boolean approval =
                wave < rollout.waves().size() - 1
                        && rollout.rollback().isEmpty()
                        && rollout.waves().get(wave).settledAt().isPresent()
                        && rollout.spec(wave).gates().approval()
                        && rollout.waves().get(wave).approved().isEmpty();
        return !rollout.isOpen() || rollout.pause().isPresent() || approval;
    }

    /** Gives an open rollout what it waits for. */
    void help(RolloutState rollout) {
        boolean changes = rollout.opened().isFor() == RolloutPurpose.MIGRATE;
        if (changes && repaired(rollout)) {
            return;
        }
        RolloutId id = rollout.id();
        Instant now = orchestrator.now();
        if (rollout.pause().isEmpty()) {
            ask(new Command.Approve(id, Optional.empty(), Optional.empty(), BY, now));
            return;
        }
        if (!changes && rollout.pauses() > PAUSES_MAX) {
            giveUp(rollout);
        }
        leaveOutIrreversible(rollout);
        if (changes && rollout.pauses() > PAUSES_MAX && rollout.rollback().isEmpty()) {
            backOrAside(id);
            return;
        }
        if (!ask(new Command.Retry(id, List.of(), BY, now))
                && !ask(new Command.Resume(id, BY, now))
                && changes) {
            backOrAside(id);
        }
    }

    /** What cannot be undone is said before anything is ordered: then the rollout is put aside. */
    private void backOrAside(RolloutId rollout) {
        if (!ask(back(rollout))) {
            ask(new Command.Abort(rollout, "no way back", BY, orchestrator.now()));
        }
    }

    /** What came of asking for everything back; empty while nobody decides. */
    Optional<Decision> rollBack(RolloutId rollout) {
        return orchestrator.submit(back(rollout));
    }

    private Command back(RolloutId rollout) {
        return new Command.Rollback(
                rollout,
                RollbackScope.ALL,
                List.of(),
                Optional.empty(),
                "all back",
                BY,
                orchestrator.now());
    }

    private boolean ask(Command command) {
        Optional<Decision> decision = orchestrator.submit(command);
        return decision.filter(Accepted.class::isInstance).isPresent();
    }

    /** One at a time: the others have their turn when that has come to rest. */
    private boolean repaired(RolloutState rollout) {
        return rollout.targets().keySet().stream()
                .anyMatch(id -> mender.repair(rollout.id(), id, BY));
    }

    /** What only reads is not taken back: databases that will not have it are left out. */
    private void giveUp(RolloutState rollout) {
        RolloutId id = rollout.id();
        Instant now = orchestrator.now();
        List<DatabaseId> failed =
                rollout.targets().keySet().stream()
                        .filter(each -> Doubt.failure(orchestrator.fleet(), id, each).isPresent())
                        .toList();
        if (!ask(new Command.Skip(id, failed, "will not be read", BY, now))) {
            ask(new Command.Abort(id, "will not be read", BY, now));
        }
    }

    private void leaveOutIrreversible(RolloutState rollout) {
        for (Map.Entry<DatabaseId, RolloutTarget> each : rollout.targets().entrySet()) {
            DatabaseState state = orchestrator.fleet().database(each.getKey());
            Optional<IssuedOrder> order = state.orders().of(rollout.id());
            boolean stuck =
                    order.filter(o -> o.kind() == OrderKind.ROLLBACK)
                            .flatMap(state::reportOn)
                            .filter(report -> report.status() == ReportStatus.IRREVERSIBLE)
                            .isPresent();
            if (stuck && each.getValue().desired() == DesiredState.ROLLBACK) {
                givenUp.add(each.getKey());
                ask(
                        new Command.Skip(
                                rollout.id(),
                                List.of(each.getKey()),
                                "no way back",
                                BY,
                                orchestrator.now()));
            }
        }
    }
}
