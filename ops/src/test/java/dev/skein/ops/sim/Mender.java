package dev.skein.ops.sim;

import dev.skein.orchestrator.rollout.Accepted;
import dev.skein.orchestrator.rollout.Command;
import dev.skein.orchestrator.rollout.Decision;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.util.List;
import java.util.Optional;

/** Does what the message of a failed database asks of a person. */
final class Mender {
    private final World world;
    private final SimOrchestrator orchestrator;
    private final SimServers servers;

    Mender(World world, SimOrchestrator orchestrator, SimServers servers) {
        this.world = world;
        this.orchestrator = orchestrator;
        this.servers = servers;
    }

    /**
     * Looks at the database and says what is there.
     *
     * @return whether anything was asked for and accepted
     */
    boolean repair(RolloutId rollout, DatabaseId id, String by) {
        boolean wholly = world.dice().chance(0.5);
        Optional<Doubt> doubt =
                Doubt.of(orchestrator.fleet(), rollout, servers.database(id), wholly);
        if (doubt.isEmpty()) {
            return false;
        }
        Command command =
                new Command.Repairing(
                        rollout, List.of(id), doubt.get().repair(), by, orchestrator.now());
        Optional<Decision> decision = orchestrator.submit(command);
        boolean accepted = decision.filter(Accepted.class::isInstance).isPresent();
        if (accepted) {
            // A leader that is behind refuses; only what it knows for sure is touched by hand.
            doubt.get().mendByHand(wholly);
            world.note(by + " repairs " + id + ": " + doubt.get().repair().label());
            world.count("repair " + doubt.get().repair().label());
        }
        return accepted;
    }
}
