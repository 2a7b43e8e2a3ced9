package dev.skein.ops.sim;

import dev.skein.engine.execution.LedgerEntry;
import dev.skein.protocol.id.RolloutId;
import java.util.ArrayList;
import java.util.List;

/** Everything that runs, where something may be lost. */
record Site(World world, SimOrchestrator orchestrator, SimServers servers, List<SimAgent> agents) {
    Site(World world, SimOrchestrator orchestrator, SimServers servers) {
        this(world, orchestrator, servers, new ArrayList<>());
    }

    void in(long micros, Runnable action) {
        world.agenda().in(micros, Life.FOREVER, action);
    }

    /**
     * Whether the database was changed by what the log knows nothing of: a rollout that it has
     * lost, or what its ledger has not told again, for want of a later order.
     */
    boolean isUnknown(SimDatabase database) {
        SimLedger ledger = database.ledger();
        return ledger.isRestored()
                || world.log().restores() > 0
                        && (isUnheard(database)
                                || ledger.entries().stream()
                                        .map(LedgerEntry::rollout)
                                        .anyMatch(each -> !isKnown(each, database)));
    }

    /** A rollout that the database joined may have lost that. */
    private boolean isKnown(RolloutId rollout, SimDatabase database) {
        return orchestrator
                .fleet()
                .rollout(rollout)
                .filter(each -> each.targets().containsKey(database.id()))
                .isPresent();
    }

    /** A log that was put back hears of it with the next order that may write. */
    boolean isUnheard(SimDatabase database) {
        long seen = orchestrator.fleet().database(database.id()).progress().sequence();
        SimLedger ledger = database.ledger();
        boolean ahead = world.log().restores() > 0 && ledger.sequence() > seen;
        return ahead || ledger.isRestored() && ledger.sequence() < seen;
    }

    /** Every process ends, and is started again after this time. */
    void halt(long micros) {
        orchestrator.halt(micros);
        agents.forEach(agent -> agent.halt(micros));
    }
}
