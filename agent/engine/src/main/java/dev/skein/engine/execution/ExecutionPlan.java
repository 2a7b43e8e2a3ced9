package dev.skein.engine.execution;

import dev.skein.protocol.event.RollbackRemainder;
import java.util.List;
import java.util.Optional;

/**
 * What is left of an order in one database.
 *
 * @param plannedSteps in the order of execution
 * @param stepsBefore steps of the order found done
 * @param versionNow the version the database is at
 * @param versionAfter the version it is at after the last planned step
 * @param closing changes of the version table that go with the end of the order
 * @param refusal why the order is not carried out; then there are no planned steps
 * @param remainder what a rollback leaves, where that is not simply nothing
 */
record ExecutionPlan(
        List<PlannedStep> plannedSteps,
        int stepsBefore,
        Optional<String> versionNow,
        Optional<String> versionAfter,
        List<VersionChange> closing,
        Optional<Refusal> refusal,
        Optional<RollbackRemainder> remainder) {
    ExecutionPlan {
        plannedSteps = List.copyOf(plannedSteps);
        closing = List.copyOf(closing);
    }

    /** One that leaves nothing. */
    ExecutionPlan(
            List<PlannedStep> plannedSteps,
            int stepsBefore,
            Optional<String> versionNow,
            Optional<String> versionAfter,
            List<VersionChange> closing,
            Optional<Refusal> refusal) {
        this(
                plannedSteps,
                stepsBefore,
                versionNow,
                versionAfter,
                closing,
                refusal,
                Optional.empty());
    }

    /** The same, with what it leaves. */
    ExecutionPlan leaving(Optional<RollbackRemainder> what) {
        return new ExecutionPlan(
                plannedSteps, stepsBefore, versionNow, versionAfter, closing, refusal, what);
    }

    static ExecutionPlan refused(Optional<String> versionNow, Refusal refusal) {
        return new ExecutionPlan(
                List.of(), 0, versionNow, versionNow, List.of(), Optional.of(refusal));
    }
}
