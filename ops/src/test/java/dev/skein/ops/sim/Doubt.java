package dev.skein.ops.sim;

import dev.skein.orchestrator.fleet.Fleet;
import dev.skein.orchestrator.fleet.OrderFailure;
import dev.skein.orchestrator.fleet.OrderReport;
import dev.skein.orchestrator.fleet.ReportStatus;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;

/** What the failure of a database has a person look at, and what the person finds there. */
final class Doubt {
    private final SimDatabase database;
    private final Repair repair;
    private final Optional<String> half;

    private Doubt(SimDatabase database, Repair repair, Optional<String> half) {
        this.database = database;
        this.repair = repair;
        this.half = half;
    }

    /**
     * Looks at what the failure names.
     *
     * @param wholly what the person makes of what is half there
     */
    static Optional<Doubt> of(
            Fleet fleet, RolloutId rollout, SimDatabase database, boolean wholly) {
        Optional<OrderFailure> failure =
                failure(fleet, rollout, database.id()).flatMap(OrderReport::failure);
        String code = failure.map(each -> each.failure().code()).orElse("");
        if (code.equals("another-log")) {
            return Optional.of(new Doubt(database, Repair.LEDGER, Optional.empty()));
        }
        if (code.equals("failed-row")) {
            return Optional.of(new Doubt(database, Repair.BOOKS, Optional.empty()));
        }
        return code.equals("undecided")
                ? failure.flatMap(OrderFailure::step).flatMap(step -> of(database, step, wholly))
                : Optional.empty();
    }

    /** The report that the rollout's last order in this database has failed. */
    static Optional<OrderReport> failure(Fleet fleet, RolloutId rollout, DatabaseId database) {
        return fleet.database(database)
                .progress()
                .of(rollout)
                .filter(report -> report.status() == ReportStatus.FAILED);
    }

    /** Empty where a later rollout has settled it meanwhile. */
    private static Optional<Doubt> of(SimDatabase database, StepRef failed, boolean wholly) {
        Migration migration = database.plan().migration(failed.migration()).orElseThrow();
        Optional<StepRef> step =
                database.ledger().isStarted(failed)
                        ? Optional.of(failed)
                        : stepUpInDoubt(database, migration);
        return step.map(each -> of(database, migration, each, wholly));
    }

    private static Doubt of(
            SimDatabase database, Migration migration, StepRef step, boolean wholly) {
        boolean up = step.direction() == Direction.UP;
        List<Step> steps = up ? migration.up() : migration.down().orElseThrow();
        String object = Schema.object(SimSql.of(steps.get(step.index())));
        boolean half = database.schema().hasHalf(object);
        boolean there = half ? wholly : database.schema().has(object);
        Repair repair = there == up ? Repair.STEP_DONE : Repair.STEP_NOT_DONE;
        return new Doubt(database, repair, half ? Optional.of(object) : Optional.empty());
    }

    private static Optional<StepRef> stepUpInDoubt(SimDatabase database, Migration migration) {
        for (int i = 0; i < migration.up().size(); i++) {
            StepRef step = new StepRef(migration.key(), i, Direction.UP);
            if (database.ledger().isStarted(step)) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }

    Repair repair() {
        return repair;
    }

    /** Makes by hand of what is half there what the answer says. */
    void mendByHand(boolean wholly) {
        half.ifPresent(object -> database.schema().mend(object, wholly));
    }
}
