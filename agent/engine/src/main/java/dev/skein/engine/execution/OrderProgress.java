package dev.skein.engine.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far an order has come in its database.
 *
 * @param survey what the database said of itself
 * @param executionPlan the plan that followed from it
 * @param plannedSteps what is left of it; the first is the step at hand
 * @param stepsDone steps of the order that are done
 * @param stepsTotal steps of the order in this database, those found done counted in
 * @param sequence of the last report in the ledger
 */
record OrderProgress(
        Survey survey,
        ExecutionPlan executionPlan,
        List<PlannedStep> plannedSteps,
        int stepsDone,
        int stepsTotal,
        long sequence) {
    OrderProgress {
        plannedSteps = List.copyOf(plannedSteps);
    }

    /** Before the database is known. */
    static OrderProgress unknown(ExecutionContext context) {
        int total = context.plan().stepCount() + context.order().checks().size();
        ExecutionPlan executionPlan =
                new ExecutionPlan(
                        List.of(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty());
        return new OrderProgress(
                new Survey(0, 0, List.of(), Optional.empty()),
                executionPlan,
                List.of(),
                0,
                total,
                0);
    }

    /**
     * At the beginning of this execution plan.
     *
     * @param sequence of the last report that the ledger, or the orchestrator, has seen
     */
    static OrderProgress along(ExecutionPlan executionPlan, Survey survey, long sequence) {
        int before = executionPlan.stepsBefore();
        int total = before + executionPlan.plannedSteps().size();
        return new OrderProgress(
                survey, executionPlan, executionPlan.plannedSteps(), before, total, sequence);
    }

    /** The database says something else of itself now. */
    OrderProgress withSurvey(Survey found) {
        return new OrderProgress(
                found, executionPlan, plannedSteps, stepsDone, stepsTotal, sequence);
    }

    boolean isDone() {
        return plannedSteps.isEmpty();
    }

    /** The step at hand. */
    PlannedStep plannedStep() {
        return plannedSteps.get(0);
    }

    boolean isLastStep() {
        return plannedSteps.size() == 1;
    }

    /** The step at hand, of which more is known now. */
    OrderProgress withPlannedStep(PlannedStep known) {
        List<PlannedStep> left = new ArrayList<>(plannedSteps);
        left.set(0, known);
        return withPlannedSteps(left, stepsDone);
    }

    /** What this execution has changed in the version table once the step at hand is done. */
    List<VersionChange> changesWithThisStep() {
        return changesOf(executionPlan.plannedSteps().size() - plannedSteps.size() + 1);
    }

    /** What it had changed there when the step at hand began. */
    List<VersionChange> changesBeforeThisStep() {
        return changesOf(executionPlan.plannedSteps().size() - plannedSteps.size());
    }

    private List<VersionChange> changesOf(int steps) {
        return executionPlan.plannedSteps().subList(0, steps).stream()
                .flatMap(each -> each.changes().stream())
                .toList();
    }

    /** The step at hand is done. */
    OrderProgress stepDone() {
        return withPlannedSteps(plannedSteps.subList(1, plannedSteps.size()), stepsDone + 1);
    }

    /** Of the migration at hand only the last step is left. */
    OrderProgress onlyTheLastOfMigration() {
        int last = 0;
        while (!plannedSteps.get(last).completes()) {
            last++;
        }
        return withPlannedSteps(plannedSteps.subList(last, plannedSteps.size()), stepsDone);
    }

    private OrderProgress withPlannedSteps(List<PlannedStep> left, int done) {
        return new OrderProgress(survey, executionPlan, left, done, done + left.size(), sequence);
    }

    /** So many more reports are in the ledger. */
    OrderProgress recorded(int entries) {
        return new OrderProgress(
                survey, executionPlan, plannedSteps, stepsDone, stepsTotal, sequence + entries);
    }
}
