package dev.skein.engine.execution;

import dev.skein.engine.framework.FrameworkRules;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.plan.RehearsedStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The decisions of one order's way through one database.
 *
 * <ol>
 *   <li>Connect, take the locks, survey. A ledger that is ahead of the order ends the walk, with a
 *       failure unless a newer order is known; so does an end of this order that the ledger already
 *       holds.
 *   <li>Unless the ledger has it, accept the order.
 *   <li>From the survey alone, find the route: what is left to do, or why nothing may be done.
 *   <li>Before each step ask the permit; run the step; what proves it done is written in the same
 *       transaction where there is one.
 *   <li>The end of the order is written with the last step.
 *   <li>After a lost connection begin again at 1: only the database knows what took effect. A step
 *       that turns out not to be done is a failed attempt.
 * </ol>
 *
 * <p>Properties: nothing runs without a permit asked just before; no step runs that the books hold;
 * every row of the ledger has the sequence after the one before it; a walk ends, or waits no longer
 * than its patience for a database that cannot be reached.
 *
 * <p>Mutable and confined to whoever runs it: one {@link #begin}, then one {@link #after} for each
 * action, until it is {@link Action.Leave}.
 */
public final class OrderExecution {
    private final OrderIssued order;
    private final Assignment assignment;
    private final ReportFactory journal;
    private final ConnectPhase arrival;
    private final RetryPolicy setbacks;
    private final Gate gate = new Gate(this);
    private final Deque<PlannedStep> legs = new ArrayDeque<>();

    private Function<Reply, Action> then = reply -> connect();
    private TimeAndJitter moment = new TimeAndJitter(Instant.EPOCH, 0);
    private Survey survey = new Survey(0, 0, List.of(), Optional.empty());
    private ExecutionPlan route =
            new ExecutionPlan(
                    List.of(), 0, Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    private int stepsDone;

    /**
     * A walk that has not begun.
     *
     * @param patience how long a database may be out of reach before the order fails
     */
    public OrderExecution(Assignment assignment, Duration patience) {
        this.order = assignment.order();
        this.assignment = assignment;
        this.journal = new ReportFactory(order, assignment.plan());
        this.arrival = new ConnectPhase(this, patience);
        this.setbacks = new RetryPolicy(this, order);
    }

    /** The first action. */
    public Action begin(TimeAndJitter now) {
        moment = now;
        return connect();
    }

    /** The action that follows on the last one's reply. */
    public Action after(Reply reply, TimeAndJitter now) {
        moment = now;
        return then.apply(reply);
    }

    Action ask(Action action, Function<Reply, Action> next) {
        then = next;
        return action;
    }

    Action connect() {
        return arrival.connect();
    }

    Action surveyed(Survey found) {
        survey = found;
        if (found.isAheadOf(order)) {
            return gate.overtaken(journal.overtaken(found, moment.now()));
        }
        if (found.has(LedgerKind.ENDED, order.epoch())) {
            return gate.leave(ExecutionEnd.FINISHED);
        }
        route = routeFrom(found);
        legs.clear();
        legs.addAll(route.legs());
        stepsDone = route.stepsBefore();
        journal.progressIs(stepsDone, stepsDone + legs.size());
        journal.continueAfter(found.lastSequence());
        return gate.arriving(this::accept);
    }

    private ExecutionPlan routeFrom(Survey found) {
        ParameterSubstitution tailoring = ParameterSubstitution.of(assignment, found.place());
        Plan plan = tailoring.plan();
        ExecutionPlan free =
                switch (order.kind()) {
                    case APPLY -> ApplyPlanner.of(plan, order, found);
                    case ROLLBACK -> RollbackPlanner.of(plan, order, found);
                    case SURVEY, ADOPT ->
                            throw new IllegalStateException(
                                    "an order to "
                                            + order.kind().label()
                                            + " has no steps to walk");
                };
        return tailoring
                .refusal()
                .map(refusal -> ExecutionPlan.refused(free.versionNow(), refusal))
                .orElse(free);
    }

    private Action accept() {
        if (survey.has(LedgerKind.ACCEPTED, order.epoch())) {
            return depart();
        }
        boolean mends = order.repair().filter(Repair.BOOKS::equals).isPresent();
        return write(
                () -> {
                    LedgerEntry entry = journal.accepted(route.versionNow(), moment.now());
                    return new Action.Accept(new Records(List.of(entry), List.of()), mends);
                },
                // What the books say then is another thing.
                mends ? this::connect : this::depart);
    }

    private Action depart() {
        if (route.refusal().isPresent()) {
            return end(() -> refusal(route.refusal().get()));
        }
        return nextLeg();
    }

    private Records refusal(Refusal refusal) {
        LedgerEntry entry =
                refusal instanceof Refusal.NoWayBack noWayBack
                        ? journal.irreversible(noWayBack, moment.now())
                        : journal.refused(mismatch((Refusal.Mismatch) refusal), moment.now());
        return new Records(List.of(entry), List.of());
    }

    private static StepFailure mismatch(Refusal.Mismatch refusal) {
        return ReportFactory.permanent(refusal.code(), refusal.message());
    }

    Action nextLeg() {
        if (legs.isEmpty()) {
            return end(
                    () ->
                            new Records(
                                    List.of(journal.ended(0, route.versionAfter(), moment.now())),
                                    route.closing()));
        }
        PlannedStep leg = legs.element();
        setbacks.goingOnWith(leg);
        return gate.permitted(() -> start(leg));
    }

    private Action start(PlannedStep leg) {
        if (leg.uncertain() || leg.settle().isPresent()) {
            return run(leg);
        }
        return setbacks.takeLost()
                .map(failure -> setbacks.retryOrGiveUp(leg, failure, true))
                .orElseGet(() -> run(leg));
    }

    private Action run(PlannedStep leg) {
        return leg.settle().isPresent()
                ? new UndoProbe(this, leg).begin()
                : leg.step().accept(new StepRun(this, leg));
    }

    /** Runs the first leg in a form that is better known. */
    Action runInstead(PlannedStep known) {
        replaceFirst(known);
        return run(known);
    }

    void replaceFirst(PlannedStep known) {
        legs.remove();
        legs.addFirst(known);
    }

    /** Leaves out all legs of the first leg's migration but the last of them. */
    PlannedStep onlyTheLastOf(PlannedStep first) {
        PlannedStep last = first;
        while (!last.completes()) {
            legs.remove();
            last = legs.element();
        }
        journal.progressIs(stepsDone, stepsDone + legs.size());
        return last == first ? last : last.withFirst(first.changes());
    }

    /** The records of the first leg's success. */
    Records success(PlannedStep leg, StepOutcome outcome, Duration elapsed) {
        boolean last = legs.size() == 1;
        List<LedgerEntry> entries = new ArrayList<>();
        List<VersionChange> changes = new ArrayList<>(leg.changes());
        entries.add(journal.succeeded(leg, outcome, setbacks.attempt(), elapsed, moment.now()));
        if (last) {
            entries.add(journal.ended(1, route.versionAfter(), moment.now()));
            changes.addAll(route.closing());
        }
        return new Records(entries, changes, leg.expectation());
    }

    /** Writes the success of the first leg, which no transaction of its own did. */
    Action writeSuccess(PlannedStep leg, StepOutcome outcome, Duration elapsed) {
        List<VersionChange> timed = leg.changes().stream().map(c -> c.took(elapsed)).toList();
        return write(
                () -> new Action.Write(success(leg.with(timed), outcome, elapsed)), this::legDone);
    }

    Action writeStart(PlannedStep leg, Supplier<Action> next) {
        return write(
                () ->
                        new Action.Write(
                                new Records(
                                        List.of(journal.started(leg, moment.now())),
                                        leg.starting(),
                                        leg.expectation())),
                next);
    }

    /** The first leg is done and written. */
    Action legDone() {
        journal.committed();
        legs.remove();
        setbacks.overcome();
        stepsDone++;
        journal.progressIs(stepsDone, stepsDone + legs.size());
        if (legs.isEmpty()) {
            return gate.leave(ExecutionEnd.FINISHED);
        }
        return gate.pass(order.limits().pauseBetweenSteps(), this::nextLeg);
    }

    /** Writes the last records and leaves. */
    Action end(Supplier<Records> records) {
        return write(
                () -> new Action.Write(records.get()), () -> gate.leave(ExecutionEnd.FINISHED));
    }

    Action write(Supplier<Action> draft, Supplier<Action> next) {
        return ask(
                draft.get(),
                reply -> {
                    if (reply instanceof Reply.Failed failed) {
                        journal.discarded();
                        return setbacks.writeFailed(failed, () -> write(draft, next));
                    }
                    journal.committed();
                    return next.get();
                });
    }

    /** The ledger refused the order's epoch: the next survey tells whose it holds. */
    Action superseded() {
        return connect();
    }

    /** Whether a person said so of that step, and this order has not run it since. */
    boolean declares(Repair repair, StepRef step) {
        return order.repair().filter(repair::equals).isPresent()
                && !survey.startedBy(order.epoch(), step);
    }

    /** What the plan's rehearsal found that this step does. */
    Optional<RehearsedStep> rehearsed(StepRef step) {
        boolean up = step.direction() == Direction.UP;
        return assignment
                .plan()
                .rehearsal()
                .flatMap(r -> r.step(step.migration(), up, step.index()));
    }

    /** The version of the server on which the plan was tried out. */
    Optional<String> rehearsalServer() {
        return assignment.plan().rehearsal().map(Rehearsal::server);
    }

    /** Whether the framework's version table tells of this step's failure. */
    boolean recordsFailureOf(PlannedStep leg) {
        boolean up = leg.ref().direction() == Direction.UP;
        return leg.leavesHalf() || up && FrameworkRules.of(assignment.plan()).recordsEveryFailure();
    }

    /** Whether the plan was tried out. */
    boolean isRehearsed() {
        return assignment.plan().rehearsal().isPresent();
    }

    OrderIssued order() {
        return order;
    }

    RetryPolicy setbacks() {
        return setbacks;
    }

    Gate gate() {
        return gate;
    }

    ReportFactory journal() {
        return journal;
    }

    TimeAndJitter moment() {
        return moment;
    }
}
