package dev.skein.engine.execution;

import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Connects to the database, with retries, until the order is accepted there. */
final class ConnectPhase {
    private static final String ACTIVE = "active";
    private static final String LOCKED = "locked";

    /** One may come of a ledger that changed hands between a survey and a step. */
    private static final int FENCES_MAX = 2;

    private ConnectPhase() {}

    static Transition begin(Execution execution, ExecutionEvent.Begin event) {
        return connect(execution);
    }

    static Transition connect(Execution execution) {
        return execution.enter(ExecutionPhase.CONNECTING, new Action.Connect());
    }

    static Transition surveyed(Execution execution, Reply.Surveyed reply) {
        Survey survey = reply.survey();
        long epoch = execution.order().epoch();
        LedgerLink link = new LedgerLink(execution.order(), survey);
        if (link.bars()) {
            return execution
                    .with(execution.progress().withSurvey(survey))
                    .enter(ExecutionPhase.PERMIT_BEHIND_LEDGER, new Action.AskPermit());
        }
        if (survey.has(LedgerKind.ENDED, epoch)) {
            return ExecutionExit.finished(execution);
        }
        if (link.isBlind(execution.context().plan())) {
            return ExecutionExit.failedBeside(
                    execution.with(execution.state().connect().reached()),
                    ReportFactory.permanent(LedgerLink.GONE, link.blindWords()));
        }
        ExecutionPlan executionPlan = executionPlanFrom(execution.context().assignment(), survey);
        long sequence = Math.max(survey.lastSequence(), execution.order().lastSequence());
        return execution
                .with(execution.state().connect().reached())
                .with(OrderProgress.along(executionPlan, survey, sequence))
                .enter(ExecutionPhase.PERMIT_TO_ACCEPT, new Action.AskPermit());
    }

    /**
     * The ledger refused the order's epoch: the next survey tells whose it holds. A ledger that
     * refuses an epoch which, by that survey, it holds is not asked for ever.
     */
    static Transition fenced(Execution execution, Reply.Failed failed) {
        Execution after =
                execution.with(PendingState.NOTHING).with(execution.state().connect().fenced());
        return after.state().connect().fences() < FENCES_MAX
                ? connect(after)
                : ExecutionExit.failedBeside(after, fencedOff(after, failed.failure()));
    }

    private static StepFailure fencedOff(Execution execution, StepFailure failure) {
        return new StepFailure(
                "ledger-fenced",
                failure.sqlState(),
                "order "
                        + execution.order().epoch()
                        + " of rollout "
                        + execution.order().rollout()
                        + " was given up: the ledger of "
                        + execution.order().database()
                        + " refuses its epoch and names no newer one ("
                        + failure.message()
                        + "); look at skein.target and at the function skein.fence there, then"
                        + " retry",
                false,
                List.of());
    }

    private static ExecutionPlan executionPlanFrom(Assignment assignment, Survey survey) {
        ParameterSubstitution substitution =
                ParameterSubstitution.of(assignment, survey.sessionContext());
        ExecutionPlan free =
                switch (assignment.order().kind()) {
                    case APPLY -> applyPlan(substitution.plan(), assignment, survey);
                    case MOVE -> movePlan(substitution.plan(), assignment, survey);
                    case ROLLBACK, ROLLBACK_TO ->
                            RollbackPlanner.of(
                                    substitution.plan(),
                                    earlier(assignment, survey),
                                    assignment.order(),
                                    survey);
                    case SURVEY, ADOPT ->
                            throw new IllegalStateException(
                                    "an order to "
                                            + assignment.order().kind().label()
                                            + " has no steps to execute");
                };
        return substitution
                .refusal()
                .map(refusal -> ExecutionPlan.refused(free.versionNow(), refusal))
                .orElse(free);
    }

    private static ExecutionPlan applyPlan(Plan plan, Assignment assignment, Survey survey) {
        return unlessShared(ApplyPlanner.of(plan, assignment.order(), survey), assignment);
    }

    private static ExecutionPlan movePlan(Plan plan, Assignment assignment, Survey survey) {
        return unlessShared(MovePlanner.of(plan, assignment.order(), survey), assignment);
    }

    private static ExecutionPlan unlessShared(ExecutionPlan free, Assignment assignment) {
        return assignment
                .sharedTable()
                .map(refusal -> ExecutionPlan.refused(free.versionNow(), refusal))
                .orElse(free);
    }

    /** The plans of other rollouts, made for this database as its own plan is. */
    private static List<Plan> earlier(Assignment assignment, Survey survey) {
        return assignment.earlier().stream()
                .map(assignment::with)
                .map(each -> ParameterSubstitution.of(each, survey.sessionContext()))
                .filter(each -> each.refusal().isEmpty())
                .map(ParameterSubstitution::plan)
                .toList();
    }

    static Transition failed(Execution execution, Reply.Failed failed) {
        return failed.failure().passing()
                ? outOfReach(execution, failed.failure())
                : ExecutionExit.failedBeside(execution, failed.failure());
    }

    private static Transition outOfReach(Execution execution, StepFailure failure) {
        Instant now = execution.at().now();
        ConnectState connect = execution.state().connect().failed(now, atWork(failure));
        Duration out = Duration.between(connect.outSince().orElse(now), now);
        if (out.compareTo(execution.context().patience()) >= 0) {
            return ExecutionExit.failedBeside(
                    execution, exhausted(failure, connect.attempts(), out));
        }
        int attempt = connect.attempts();
        Duration wait = RetryPolicy.BACKOFF.after(attempt, execution.at().jitter());
        return execution
                .with(connect)
                .enter(
                        ExecutionPhase.WAITING_TO_CONNECT,
                        new Action.Wait(
                                wait,
                                Optional.of(
                                        execution
                                                .reports()
                                                .unavailable(failure, attempt, wait, now))));
    }

    /** The time does not count while the holder of the lock executes a statement. */
    private static boolean atWork(StepFailure failure) {
        return failure.blockers().stream().anyMatch(each -> ACTIVE.equals(each.state()));
    }

    private static StepFailure exhausted(StepFailure failure, int attempts, Duration out) {
        return new StepFailure(
                failure.code().equals(LOCKED) ? LOCKED : "unavailable",
                failure.sqlState(),
                failure.message()
                        + " ("
                        + attempts
                        + " attempts in "
                        + out.toSeconds()
                        + " s); given up, retry when it is back",
                true,
                failure.blockers());
    }

    /** The wait for a database out of reach is over. */
    static Transition waited(Execution execution, Reply.Done done) {
        return execution.enter(ExecutionPhase.PERMIT_TO_CONNECT, new Action.AskPermit());
    }

    static Transition mayConnect(Execution execution, Reply.Permitted reply) {
        return connect(execution);
    }

    static Transition pausedBeforeConnecting(Execution execution, Reply.Permitted reply) {
        return mayBeAtWork(execution, reply)
                ? connect(execution)
                : ExecutionExit.paused(execution, reply);
    }

    static Transition stoppedBeforeConnecting(Execution execution, Reply.Permitted reply) {
        return mayBeAtWork(execution, reply)
                ? connect(execution)
                : ExecutionExit.stopped(execution, reply);
    }

    static Transition mayAccept(Execution execution, Reply.Permitted reply) {
        return accept(execution);
    }

    static Transition pausedBeforeAccepting(Execution execution, Reply.Permitted reply) {
        return mayBeAtWork(execution, reply)
                ? accept(execution)
                : ExecutionExit.paused(execution, reply);
    }

    static Transition stoppedBeforeAccepting(Execution execution, Reply.Permitted reply) {
        return mayBeAtWork(execution, reply)
                ? accept(execution)
                : ExecutionExit.stopped(execution, reply);
    }

    /**
     * Whether somebody else, or a backend that lost its client, may still be running. A paused
     * execution then first takes the lock and raises the epoch, so that nobody else can be.
     */
    private static boolean mayBeAtWork(Execution execution, Reply.Permitted reply) {
        return reply.permit().doubt() || execution.retry().lost().isPresent();
    }

    private static Transition accept(Execution execution) {
        boolean accepted =
                execution.progress().survey().has(LedgerKind.ACCEPTED, execution.order().epoch());
        return accepted
                ? depart(execution)
                : LedgerRecorder.write(execution, new LedgerWrite.OrderAcceptance());
    }

    /**
     * The order is accepted; where that mended the version table, or wrote down what a person
     * declared, the database is read again.
     */
    static Transition accepted(Execution execution, Reply.Done done) {
        Execution recorded = execution.recorded();
        boolean readAgain =
                LedgerRecorder.mendsVersionTable(execution)
                        || !LedgerRecorder.declared(execution).isEmpty();
        return readAgain ? connect(recorded) : depart(recorded);
    }

    private static Transition depart(Execution execution) {
        return execution
                .progress()
                .executionPlan()
                .refusal()
                .map(why -> LedgerRecorder.write(execution, new LedgerWrite.NotBegun(why)))
                .orElseGet(() -> DelegatedPhase.awaitLeftRun(execution));
    }
}
