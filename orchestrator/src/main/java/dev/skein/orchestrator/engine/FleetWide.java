package dev.skein.orchestrator.engine;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.rollout.Command;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.strategy.LatePolicy;

/**
 * Whether a decision claims databases, so that it must know of every other claim: two such
 * decisions at a time could both give one database to their rollout.
 */
final class FleetWide implements Command.Visitor<Boolean> {
    private final FleetLookup fleet;

    FleetWide(FleetLookup fleet) {
        this.fleet = fleet;
    }

    @Override
    public Boolean on(Command.Open command) {
        return true;
    }

    @Override
    public Boolean on(Command.Retry command) {
        return reopens(command.rollout());
    }

    @Override
    public Boolean on(Command.Repairing command) {
        return reopens(command.rollout());
    }

    @Override
    public Boolean on(Command.Rollback command) {
        return reopens(command.rollout());
    }

    /** Databases that join late are claimed too. */
    @Override
    public Boolean on(Command.Advance command) {
        return fleet.rollout(command.rollout())
                .filter(each -> each.strategy().latePolicy() == LatePolicy.JOIN_LAST_WAVE)
                .isPresent();
    }

    @Override
    public Boolean on(Command.Approve command) {
        return false;
    }

    @Override
    public Boolean on(Command.Pause command) {
        return false;
    }

    @Override
    public Boolean on(Command.Resume command) {
        return false;
    }

    @Override
    public Boolean on(Command.Promote command) {
        return false;
    }

    @Override
    public Boolean on(Command.Skip command) {
        return false;
    }

    @Override
    public Boolean on(Command.Abort command) {
        return false;
    }

    private boolean reopens(RolloutId rollout) {
        return fleet.rollout(rollout).filter(RolloutState::isOpen).isEmpty();
    }
}
