package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseIrreversible;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.DatabaseUnavailable;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.RollbackRemainder;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.event.StepStarted;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the agent says about its last order of a database. */
final class Reports {
    static final Progress NOTHING = new Progress(0, 1);
    static final Progress ALL = new Progress(1, 1);
    static final StepFailure FAILURE =
            new StepFailure("sql-error", Optional.of("42P07"), "users exists", false, List.of());

    private static final StepFailure AHEAD =
            new StepFailure(
                    "ledger-ahead", Optional.empty(), "the ledger is ahead", false, List.of());

    private final Lab lab;

    Reports(Lab lab) {
        this.lab = lab;
    }

    static Reports reports(Lab lab) {
        return new Reports(lab);
    }

    private IssuedOrder order(DatabaseId database) {
        return lab.fleet().database(database).orders().last().orElseThrow();
    }

    Reports accepted(DatabaseId database) {
        IssuedOrder order = order(database);
        lab.report(
                new OrderAccepted(
                        database,
                        order.rollout(),
                        order.epoch(),
                        order.kind(),
                        order.agent(),
                        NOTHING,
                        Optional.empty(),
                        lab.now()));
        return this;
    }

    Reports applied(DatabaseId... databases) {
        return applied("1", databases);
    }

    Reports applied(String version, DatabaseId... databases) {
        for (DatabaseId id : databases) {
            IssuedOrder order = order(id);
            lab.report(
                    new DatabaseApplied(
                            id, order.rollout(), order.epoch(), version, ALL, lab.now()));
        }
        return this;
    }

    /** The only step of that migration, in the direction of the order. */
    Reports stepDone(String migration, DatabaseId... databases) {
        for (DatabaseId id : databases) {
            IssuedOrder order = order(id);
            Direction direction = order.kind().isBackward() ? Direction.DOWN : Direction.UP;
            lab.report(
                    new StepSucceeded(
                            id,
                            order.rollout(),
                            order.epoch(),
                            new StepRef(migration, 0, direction),
                            StepOutcome.EXECUTED,
                            1,
                            Duration.ZERO,
                            ALL,
                            lab.now()));
        }
        return this;
    }

    /** Nothing of what was to be rolled back is there; another rollout's is. */
    Reports nothingToUndo(RolloutId appliedBy, DatabaseId... databases) {
        for (DatabaseId id : databases) {
            IssuedOrder order = order(id);
            RollbackRemainder remainder =
                    new RollbackRemainder(
                            true,
                            List.of(appliedBy),
                            List.of(),
                            "what there is was applied by rollout " + appliedBy);
            lab.report(
                    new DatabaseRolledBack(
                            id,
                            order.rollout(),
                            order.epoch(),
                            Optional.of("1"),
                            NOTHING,
                            Optional.of(remainder),
                            lab.now()));
        }
        return this;
    }

    Reports rolledBack(DatabaseId... databases) {
        for (DatabaseId id : databases) {
            IssuedOrder order = order(id);
            lab.report(
                    new DatabaseRolledBack(
                            id, order.rollout(), order.epoch(), Optional.empty(), ALL, lab.now()));
        }
        return this;
    }

    Reports failed(DatabaseId... databases) {
        for (DatabaseId id : databases) {
            IssuedOrder order = order(id);
            lab.report(
                    new DatabaseFailed(
                            id,
                            order.rollout(),
                            order.epoch(),
                            order.kind(),
                            Optional.empty(),
                            FAILURE,
                            NOTHING,
                            lab.now()));
        }
        return this;
    }

    /** The same with another code; the step that failed, and whether it left something in doubt. */
    Reports failed(DatabaseId database, String code, Optional<StepRef> step, boolean inDoubt) {
        IssuedOrder order = order(database);
        lab.report(
                new DatabaseFailed(
                        database,
                        order.rollout(),
                        order.epoch(),
                        order.kind(),
                        step,
                        new StepFailure(code, Optional.empty(), code, false, List.of()),
                        NOTHING,
                        Optional.of(inDoubt),
                        OptionalLong.empty(),
                        lab.now()));
        return this;
    }

    /** The same with another code, before the first step. */
    Reports failed(DatabaseId database, String code) {
        return failed(database, code, Optional.empty(), false);
    }

    /** A step outside of a transaction begins. */
    Reports started(DatabaseId database, StepRef step) {
        IssuedOrder order = order(database);
        lab.report(
                new StepStarted(
                        database, order.rollout(), order.epoch(), step, NOTHING, lab.now()));
        return this;
    }

    Reports succeeded(DatabaseId database, StepRef step) {
        IssuedOrder order = order(database);
        lab.report(
                new StepSucceeded(
                        database,
                        order.rollout(),
                        order.epoch(),
                        step,
                        StepOutcome.EXECUTED,
                        1,
                        Duration.ZERO,
                        ALL,
                        lab.now()));
        return this;
    }

    /** A failure that the ledger was not told of, such as one to connect. */
    Reports failedBeside(DatabaseId database) {
        IssuedOrder order = order(database);
        lab.reportUncounted(
                new DatabaseFailed(
                        database,
                        order.rollout(),
                        order.epoch(),
                        order.kind(),
                        Optional.empty(),
                        FAILURE,
                        NOTHING,
                        lab.now()));
        return this;
    }

    /** The database's ledger holds this epoch, and the order's is not above it. */
    Reports overtaken(DatabaseId database, long ledgerEpoch) {
        IssuedOrder order = order(database);
        lab.reportUncounted(
                new DatabaseFailed(
                        database,
                        order.rollout(),
                        order.epoch(),
                        order.kind(),
                        Optional.empty(),
                        AHEAD,
                        NOTHING,
                        OptionalLong.of(ledgerEpoch),
                        lab.now()));
        return this;
    }

    Reports unavailable(DatabaseId database) {
        return unavailable(database, FAILURE.code());
    }

    Reports unavailable(DatabaseId database, String code) {
        IssuedOrder order = order(database);
        StepFailure failure = new StepFailure(code, Optional.empty(), "no way in", true, List.of());
        lab.reportUncounted(
                new DatabaseUnavailable(
                        database,
                        order.rollout(),
                        order.epoch(),
                        failure,
                        1,
                        Duration.ofSeconds(1),
                        lab.now()));
        return this;
    }

    Reports surveyed(DatabaseId database, SurveyFindings findings) {
        IssuedOrder order = order(database);
        lab.reportUncounted(
                new DatabaseSurveyed(
                        database, order.rollout(), order.epoch(), findings, lab.now()));
        return this;
    }

    Reports adopted(DatabaseId database, SurveyFindings findings) {
        IssuedOrder order = order(database);
        lab.report(
                new DatabaseAdopted(database, order.rollout(), order.epoch(), findings, lab.now()));
        return this;
    }

    Reports irreversible(DatabaseId database) {
        IssuedOrder order = order(database);
        lab.report(
                new DatabaseIrreversible(
                        database, order.rollout(), order.epoch(), "1", "no down", lab.now()));
        return this;
    }

    Reports paused(DatabaseId database, int pause) {
        IssuedOrder order = order(database);
        lab.reportUncounted(
                new OrderPaused(
                        database, order.rollout(), order.epoch(), pause, NOTHING, lab.now()));
        return this;
    }

    Reports stopped(DatabaseId database) {
        IssuedOrder order = order(database);
        lab.reportUncounted(
                new OrderStopped(database, order.rollout(), order.epoch(), NOTHING, lab.now()));
        return this;
    }
}
