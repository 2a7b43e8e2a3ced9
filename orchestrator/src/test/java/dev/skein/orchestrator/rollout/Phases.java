package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Lab.PERSON;
import static dev.skein.orchestrator.rollout.Lab.ROLLOUT;
import static dev.skein.orchestrator.rollout.Reports.reports;
import static dev.skein.orchestrator.rollout.Strategies.strategy;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.id.DatabaseId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A rollout in each of its phases. Four databases in two waves of two; of the first wave, which
 * soaks and needs an approval, one database has failed, as its budget allows.
 */
final class Phases {
    static final Duration SOAK = Duration.ofMinutes(10);

    private final Lab lab = Lab.fleet(4);
    private final DatabaseId good;
    private final DatabaseId bad;

    private Phases() {
        lab.open(
                strategy()
                        .budget(1)
                        .soak(SOAK)
                        .approval()
                        .count("canary", 2)
                        .percent("rest", 100)
                        .build());
        List<OrderIssued> orders = lab.advance();
        good = orders.get(0).database();
        bad = orders.get(1).database();
        reports(lab).failed(bad, "failed-row");
    }

    static Phases in(RolloutPhase phase) {
        Phases phases = new Phases();
        switch (phase) {
            case RUNNING -> phases.lab.advance();
            case SOAKING -> phases.soaking();
            case AWAITING_APPROVAL -> phases.soaking().lab.after(SOAK).advance();
            case PAUSED -> phases.lab.run(phases.pause());
            case ROLLING_BACK -> phases.rollingBack();
            case ABORTING -> phases.lab.run(phases.abort());
            case COMPLETED -> phases.completed();
            case ROLLED_BACK -> phases.rolledBack();
            case ABORTED -> phases.aborted();
        }
        return phases;
    }

    Lab lab() {
        return lab;
    }

    /** The database of the first wave that has failed. */
    DatabaseId bad() {
        return bad;
    }

    private Phases soaking() {
        reports(lab).applied(good);
        lab.advance();
        return this;
    }

    private void rollingBack() {
        soaking();
        lab.run(rollback(RollbackScope.DATABASES, List.of(good)));
        lab.advance();
    }

    private void completed() {
        soaking().lab.after(SOAK);
        lab.run(
                new Command.Approve(
                        ROLLOUT, Optional.empty(), Optional.empty(), PERSON, lab.now()));
        lab.advance().forEach(order -> reports(lab).applied(order.database()));
        lab.advance();
    }

    private void rolledBack() {
        soaking();
        lab.run(rollback(RollbackScope.ALL, List.of()));
        lab.advance().forEach(order -> reports(lab).rolledBack(order.database()));
        lab.advance();
    }

    private void aborted() {
        lab.run(abort());
        reports(lab).stopped(good);
        lab.advance();
    }

    private Command pause() {
        return new Command.Pause(ROLLOUT, "lunch", PERSON, lab.now());
    }

    private Command abort() {
        return new Command.Abort(ROLLOUT, "wrong plan", PERSON, lab.now());
    }

    Command rollback(RollbackScope scope, List<DatabaseId> databases) {
        return new Command.Rollback(
                ROLLOUT, scope, databases, Optional.empty(), "too slow", PERSON, lab.now());
    }
}
