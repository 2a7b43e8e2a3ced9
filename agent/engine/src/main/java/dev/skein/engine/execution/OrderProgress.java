package dev.skein.engine.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far an order has come in its database.
 *
 * @param survey what the database said of itself
 * @param route what followed from that
 * @param legs what is left of it; the first is the step at hand
 * @param stepsDone steps of the order that are done
 * @param stepsTotal steps of the order in this database, those found done counted in
 * @param sequence of the last report in the ledger
 */
record OrderProgress(
        Survey survey,
        ExecutionPlan route,
        List<PlannedStep> legs,
        int stepsDone,
        int stepsTotal,
        long sequence) {
    OrderProgress {
        legs = List.copyOf(legs);
    }

    /** Before the database is known. */
    static OrderProgress unknown(ExecutionContext context) {
        int total = context.plan().stepCount() + context.order().checks().size();
        ExecutionPlan route =
                new ExecutionPlan(
                        List.of(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty());
        return new OrderProgress(
                new Survey(0, 0, List.of(), Optional.empty()), route, List.of(), 0, total, 0);
    }

    /**
     * From the beginning of this route.
     *
     * @param sequence of the last report that the ledger, or the orchestrator, has seen
     */
    static OrderProgress along(ExecutionPlan route, Survey survey, long sequence) {
        int before = route.stepsBefore();
        int total = before + route.legs().size();
        return new OrderProgress(survey, route, route.legs(), before, total, sequence);
    }

    /** The database says something else of itself now. */
    OrderProgress withSurvey(Survey found) {
        return new OrderProgress(found, route, legs, stepsDone, stepsTotal, sequence);
    }

    boolean isDone() {
        return legs.isEmpty();
    }

    /** The step at hand. */
    PlannedStep leg() {
        return legs.get(0);
    }

    boolean isLastLeg() {
        return legs.size() == 1;
    }

    /** The step at hand, of which more is known now. */
    OrderProgress withLeg(PlannedStep known) {
        List<PlannedStep> left = new ArrayList<>(legs);
        left.set(0, known);
        return withLegs(left, stepsDone);
    }

    /** The step at hand is done. */
    OrderProgress legDone() {
        return withLegs(legs.subList(1, legs.size()), stepsDone + 1);
    }

    /** Of the migration at hand only the last step is left. */
    OrderProgress onlyTheLastOfMigration() {
        int last = 0;
        while (!legs.get(last).completes()) {
            last++;
        }
        return withLegs(legs.subList(last, legs.size()), stepsDone);
    }

    private OrderProgress withLegs(List<PlannedStep> left, int done) {
        return new OrderProgress(survey, route, left, done, done + left.size(), sequence);
    }

    /** So many more reports are in the ledger. */
    OrderProgress recorded(int entries) {
        return new OrderProgress(survey, route, legs, stepsDone, stepsTotal, sequence + entries);
    }
}
