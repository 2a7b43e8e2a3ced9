package dev.skein.agent.step;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.plan.Plan;
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
 *   <li>Connect, take the locks, survey. A higher epoch in the ledger ends the walk; so does an end
 *       of this order that the ledger already holds.
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
public final class Walk {
    private final OrderIssued order;
    private final Plan plan;
    private final Journal journal;
    private final Arrival arrival;
    private final Gate gate = new Gate(this);
    private final Deque<Leg> legs = new ArrayDeque<>();

    private Function<Reply, Action> then = reply -> connect();
    private Moment moment = new Moment(Instant.EPOCH, 0);
    private Survey survey = new Survey(0, 0, List.of(), Optional.empty());
    private Route route =
            new Route(
                    List.of(), 0, Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    private Optional<Lost> lost = Optional.empty();
    private int attempt = 1;
    private int stepsDone;
    private int writesFailed;

    /** A step that was under way when the connection went. */
    private record Lost(Leg leg, StepFailure failure) {}

    /**
     * A walk that has not begun.
     *
     * @param patience how long a database may be out of reach before the order fails
     */
    public Walk(OrderIssued order, Plan plan, Duration patience) {
        this.order = order;
        this.plan = plan;
        this.journal = new Journal(order, plan);
        this.arrival = new Arrival(this, patience);
    }

    /** The first action. */
    public Action begin(Moment now) {
        moment = now;
        return connect();
    }

    /** The action that follows on the last one's reply. */
    public Action after(Reply reply, Moment now) {
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
        if (found.epoch() > order.epoch()) {
            return superseded();
        }
        if (found.has(LedgerKind.ENDED, order.epoch())) {
            return gate.leave(WalkEnd.FINISHED);
        }
        route = routeFrom(found);
        legs.clear();
        legs.addAll(route.legs());
        stepsDone = route.stepsBefore();
        journal.progressIs(stepsDone, stepsDone + legs.size());
        journal.continueAfter(found.lastSequence());
        return gate.arriving(this::accept);
    }

    private Route routeFrom(Survey found) {
        return switch (order.kind()) {
            case APPLY -> ApplyRoute.of(plan, order, found);
            case ROLLBACK -> RollbackRoute.of(plan, order, found);
            case SURVEY, ADOPT ->
                    throw new IllegalStateException(
                            "an order to " + order.kind().label() + " has no steps to walk");
        };
    }

    private Action accept() {
        if (survey.has(LedgerKind.ACCEPTED, order.epoch())) {
            return depart();
        }
        return write(
                () -> {
                    LedgerEntry entry = journal.accepted(route.versionNow(), moment.now());
                    return new Action.Accept(new Records(List.of(entry), List.of()));
                },
                this::depart);
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
        return Journal.permanent(refusal.code(), refusal.message());
    }

    private Action nextLeg() {
        if (legs.isEmpty()) {
            return end(
                    () ->
                            new Records(
                                    List.of(journal.ended(0, route.versionAfter(), moment.now())),
                                    route.closing()));
        }
        Leg leg = legs.element();
        if (lost.isPresent() && !lost.get().leg().ref().equals(leg.ref())) {
            lost = Optional.empty();
            attempt = 1;
        }
        return gate.permitted(() -> start(leg));
    }

    private Action start(Leg leg) {
        if (leg.uncertain() || leg.settle().isPresent()) {
            return run(leg);
        }
        return takeLost()
                .map(failure -> retryOrGiveUp(leg, failure, true))
                .orElseGet(() -> run(leg));
    }

    private Action run(Leg leg) {
        return leg.settle().isPresent()
                ? new Settlement(this, leg).begin()
                : leg.step().accept(new StepRun(this, leg));
    }

    /** Whether a step of this walk may still be under way in a backend that lost its client. */
    boolean hasLostStep() {
        return lost.isPresent();
    }

    /** The failure of the attempt that ended with the connection; asked once. */
    Optional<StepFailure> takeLost() {
        Optional<StepFailure> failure = lost.map(Lost::failure);
        lost = Optional.empty();
        return failure;
    }

    /** Runs the first leg in a form that is better known. */
    Action runInstead(Leg known) {
        legs.remove();
        legs.addFirst(known);
        return run(known);
    }

    /** Leaves out all legs of the first leg's migration but the last of them. */
    Leg onlyTheLastOf(Leg first) {
        Leg last = first;
        while (!last.completes()) {
            legs.remove();
            last = legs.element();
        }
        journal.progressIs(stepsDone, stepsDone + legs.size());
        return last == first ? last : last.withFirst(first.changes());
    }

    /** The records of the first leg's success. */
    Records success(Leg leg, StepOutcome outcome, Duration elapsed) {
        boolean last = legs.size() == 1;
        List<LedgerEntry> entries = new ArrayList<>();
        List<VersionChange> changes = new ArrayList<>(leg.changes());
        entries.add(journal.succeeded(leg, outcome, attempt, elapsed, moment.now()));
        if (last) {
            entries.add(journal.ended(1, route.versionAfter(), moment.now()));
            changes.addAll(route.closing());
        }
        return new Records(entries, changes, leg.expectation());
    }

    /** Writes the success of the first leg, which no transaction of its own did. */
    Action writeSuccess(Leg leg, StepOutcome outcome, Duration elapsed) {
        List<VersionChange> timed = leg.changes().stream().map(c -> c.took(elapsed)).toList();
        return write(
                () -> new Action.Write(success(leg.with(timed), outcome, elapsed)), this::legDone);
    }

    Action writeStart(Leg leg, Supplier<Action> next) {
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
        attempt = 1;
        writesFailed = 0;
        stepsDone++;
        journal.progressIs(stepsDone, stepsDone + legs.size());
        if (legs.isEmpty()) {
            return gate.leave(WalkEnd.FINISHED);
        }
        return gate.pass(order.limits().pauseBetweenSteps(), this::nextLeg);
    }

    /** The first leg's attempt failed and, where the server says so, left nothing behind. */
    Action stepFailed(Leg leg, Reply.Failed failed) {
        journal.discarded();
        return switch (failed.nature()) {
            case SUPERSEDED -> superseded();
            case LOST -> connectionLost(leg, failed.failure());
            case OVERTAKEN -> writeFailed(failed, this::connect);
            case REFUSED -> retryOrGiveUp(leg, failed.failure(), true);
        };
    }

    private Action connectionLost(Leg leg, StepFailure failure) {
        if (lost.isPresent()) {
            // Lost again before it was known what became of the first attempt.
            attempt++;
        }
        lost = Optional.of(new Lost(leg, failure));
        return attempt > order.limits().attempts() ? giveUpBeside(failure) : connect();
    }

    /**
     * @param settled whether the attempt is known to have left nothing behind; if not, the next one
     *     asks the catalogue first
     */
    Action retryOrGiveUp(Leg leg, StepFailure failure, boolean settled) {
        if (!failure.passing() || attempt >= order.limits().attempts()) {
            return giveUp(leg, failure, settled);
        }
        Duration wait = Backoff.after(attempt, moment.chance());
        StepFailure worded = worded(leg, failure, ", next attempt in " + wait.toMillis() + " ms");
        legs.remove();
        legs.addFirst(settled ? leg.certain() : leg.madeUncertain());
        return write(
                () ->
                        new Action.Write(
                                new Records(
                                        List.of(
                                                journal.retried(
                                                        leg,
                                                        attempt,
                                                        worded,
                                                        wait,
                                                        settled,
                                                        moment.now())),
                                        List.of())),
                () -> {
                    attempt++;
                    return gate.pass(wait, this::nextLeg);
                });
    }

    Action giveUp(Leg leg, StepFailure failure, boolean settled) {
        StepFailure worded = worded(leg, failure, "");
        List<VersionChange> changes =
                leg.leavesHalf()
                        ? leg
                                .migration()
                                .map(m -> VersionChange.failed(m, worded.message()))
                                .stream()
                                .toList()
                        : List.of();
        return end(
                () ->
                        new Records(
                                List.of(journal.failed(leg, worded, settled, moment.now())),
                                changes));
    }

    private StepFailure worded(Leg leg, StepFailure failure, String next) {
        String attempts =
                failure.passing()
                        ? " (attempt " + attempt + " of " + order.limits().attempts() + ")"
                        : "";
        return new StepFailure(
                failure.code(),
                failure.sqlState(),
                journal.place(leg) + ": " + failure.message() + attempts + next,
                failure.passing(),
                failure.blockers());
    }

    /** Writes the last records and leaves. */
    private Action end(Supplier<Records> records) {
        return write(() -> new Action.Write(records.get()), () -> gate.leave(WalkEnd.FINISHED));
    }

    private Action write(Supplier<Action> draft, Supplier<Action> next) {
        return ask(
                draft.get(),
                reply -> {
                    if (reply instanceof Reply.Failed failed) {
                        journal.discarded();
                        return writeFailed(failed, () -> write(draft, next));
                    }
                    journal.committed();
                    return next.get();
                });
    }

    private Action writeFailed(Reply.Failed failed, Supplier<Action> again) {
        if (failed.nature() == Reply.Failed.Nature.SUPERSEDED) {
            return superseded();
        }
        writesFailed++;
        if (!failed.failure().passing() || writesFailed >= order.limits().attempts()) {
            return giveUpBeside(failed.failure());
        }
        Duration wait = Backoff.after(writesFailed, moment.chance());
        return failed.nature() == Reply.Failed.Nature.REFUSED
                ? gate.pass(wait, again)
                : gate.pass(wait, this::connect);
    }

    /** The order fails, and not even the ledger can be told. */
    Action giveUpBeside(StepFailure failure) {
        return gate.leave(
                WalkEnd.FINISHED, journal.failedBeside(lost.map(Lost::leg), failure, moment.now()));
    }

    private Action superseded() {
        return gate.leave(WalkEnd.SUPERSEDED);
    }

    Gate gate() {
        return gate;
    }

    Journal journal() {
        return journal;
    }

    Moment moment() {
        return moment;
    }
}
