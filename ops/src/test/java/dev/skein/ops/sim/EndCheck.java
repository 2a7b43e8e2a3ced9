package dev.skein.ops.sim;

import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.rollout.DatabaseStatus;
import dev.skein.orchestrator.rollout.StatusQueries;
import dev.skein.orchestrator.rollout.TargetState;
import dev.skein.protocol.event.RolloutOutcome;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.util.List;
import java.util.Optional;

/** Whether the databases are what people are told of them once a rollout has ended. */
final class EndCheck {
    private final Site site;
    private final SimOrchestrator orchestrator;
    private final SimServers servers;

    EndCheck(Site site) {
        this.site = site;
        orchestrator = site.orchestrator();
        servers = site.servers();
    }

    void check(RolloutState rollout) {
        List<DatabaseStatus> standings =
                StatusQueries.databases(orchestrator.fleet(), rollout, orchestrator.now());
        for (DatabaseStatus each : standings) {
            if (each.state() == TargetState.APPLIED) {
                applied(rollout, each.database());
            }
        }
    }

    private void applied(RolloutState rollout, DatabaseId id) {
        Violation.unless(
                rollout.closed().orElseThrow().outcome() != RolloutOutcome.ROLLED_BACK,
                id + " is applied and its rollout " + rollout.id() + " rolled back");
        if (!isLatestChange(rollout, id)
                || site.isUnheard(servers.database(id))
                || isUndoneByDump(rollout, id)) {
            return;
        }
        Plan plan = orchestrator.fleet().plan(rollout.opened().plan()).orElseThrow().content();
        List<String> whole = BooksCheck.whole(servers.database(id));
        for (Migration migration : plan.migrations()) {
            Violation.unless(
                    whole.contains(migration.key()),
                    id
                            + " is applied by "
                            + rollout.id()
                            + " and lacks migration "
                            + migration.key()
                            + ": "
                            + whole);
        }
    }

    /** The dump that the database was put back to is older than the rollout's order. */
    private boolean isUndoneByDump(RolloutState rollout, DatabaseId id) {
        SimLedger ledger = servers.database(id).ledger();
        Optional<IssuedOrder> order = orchestrator.fleet().database(id).orders().of(rollout.id());
        return ledger.isRestored()
                && order.filter(each -> ledger.acceptedAt(each.epoch()).isPresent()).isEmpty();
    }

    private boolean isLatestChange(RolloutState rollout, DatabaseId id) {
        Optional<IssuedOrder> last = orchestrator.fleet().database(id).orders().lastChange();
        return last.filter(each -> each.rollout().equals(rollout.id())).isPresent();
    }
}
