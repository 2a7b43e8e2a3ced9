package dev.skein.engine.execution;

import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.ObjectChange;
import dev.skein.protocol.plan.RehearsedStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.UnboundStep;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether a statement took effect for which no single query of the catalogue tells, such
 * as a script with transactions of its own.
 *
 * <ol>
 *   <li>Where the order carries a person's repair, its answer holds once: for what an earlier order
 *       left.
 *   <li>Where the plan was rehearsed, the objects that the step changes are compared with what they
 *       were before and after it there. All as before: not done; all as after: done.
 *   <li>Else the step waits for a person, who is told how those objects are: where a step changes
 *       data in transactions of its own, and where a run writes the version table, which lacks it.
 * </ol>
 */
final class InDoubtResolver {
    private InDoubtResolver() {}

    /** After an interruption, when it is unknown how the statement ended. */
    static Transition afterInterruption(Execution execution) {
        InDoubtStep inDoubt = InDoubtStep.of(execution);
        if (declares(execution, Repair.STEP_DONE, inDoubt.step())) {
            return done(execution, inDoubt, StepOutcome.DECLARED_DONE);
        }
        if (declares(execution, Repair.STEP_NOT_DONE, inDoubt.step())) {
            return inDoubt.ofStepUp()
                    ? UndoProbe.nothingToUndo(execution)
                    : LedgerRecorder.write(
                            execution, new LedgerWrite.Start(execution.plannedStep(), true));
        }
        List<ObjectChange> changes = changes(execution, inDoubt.step());
        if (changes.isEmpty()) {
            return waitForPerson(
                    execution,
                    inDoubt.interrupted() + " and " + whyNothingIsCompared(execution, inDoubt));
        }
        return compare(
                execution,
                inDoubt.ofStepUp()
                        ? ExecutionPhase.COMPARING_UNDO
                        : ExecutionPhase.COMPARING_AFTER_INTERRUPTION);
    }

    /** Whether a person said so of that step, and no order has started it since. */
    private static boolean declares(Execution execution, Repair repair, StepRef step) {
        return execution.context().repairs(repair)
                && !execution
                        .progress()
                        .survey()
                        .startedAfter(execution.order().repairUpTo(), step);
    }

    private static Atomicity atomicity(InDoubtStep inDoubt) {
        return inDoubt.undecided().assumedAtomicity();
    }

    private static List<ObjectChange> changes(Execution execution, StepRef step) {
        return execution.context().rehearsed(step).map(RehearsedStep::changes).orElse(List.of());
    }

    private static Transition done(Execution execution, InDoubtStep inDoubt, StepOutcome outcome) {
        return inDoubt.ofStepUp()
                ? UndoProbe.undo(execution)
                : StatementPhase.foundDone(execution, outcome);
    }

    private static String whyNothingIsCompared(Execution execution, InDoubtStep inDoubt) {
        if (inDoubt.undecided() instanceof DelegatedStep) {
            return "nothing but its effects tells how far its program had come";
        }
        return execution.context().plan().rehearsal().isPresent()
                ? "its rehearsal changed no object of the schema that could be compared"
                : "nothing tells whether it took effect, because the plan was not rehearsed"
                        + " ('skein plan rehearse' notes what agents compare)";
    }

    /** Why the objects alone do not decide; empty where they do. */
    private static Optional<String> whyNoObjectTells(
            InDoubtStep inDoubt, CatalogueComparison found) {
        if (saysNothing(inDoubt.undecided())) {
            return Optional.of(
                    "its plan does not say what of its script can stay (it was built by an older"
                            + " version; build it again)");
        }
        if (atomicity(inDoubt) == Atomicity.NOT_ATOMIC) {
            return Optional.of(
                    "its "
                            + inDoubt.kind()
                            + " may change data in a transaction of its own, which no comparison of"
                            + " schemas shows");
        }
        return inDoubt.recordsVersion() && found.verdict() == CatalogueComparison.Verdict.AFTER
                ? Optional.of("the version table lacks it, though the schema does not")
                : Optional.empty();
    }

    private static boolean saysNothing(UnboundStep step) {
        return step instanceof StatementStep statement && statement.atomicity().isEmpty();
    }

    private static Transition compare(Execution execution, ExecutionPhase phase) {
        List<String> objects =
                changes(execution, InDoubtStep.of(execution).step()).stream()
                        .map(ObjectChange::object)
                        .toList();
        return execution.enter(phase, new Action.AskFingerprint(objects));
    }

    /** After an interruption the objects of the step in doubt are known. */
    static Transition comparedAfterInterruption(Execution execution, Reply.Fingerprinted reply) {
        InDoubtStep inDoubt = InDoubtStep.of(execution);
        CatalogueComparison found = comparison(execution, reply);
        Optional<String> open = whyNoObjectTells(inDoubt, found);
        if (open.isPresent()) {
            return waitForPerson(
                    execution,
                    inDoubt.interrupted()
                            + " and "
                            + open.get()
                            + "; of the schema "
                            + found.words()
                            + rehearsedOn(execution));
        }
        return switch (found.verdict()) {
            case AFTER -> done(execution, inDoubt, StepOutcome.FOUND_DONE);
            case BEFORE ->
                    inDoubt.ofStepUp()
                            ? UndoProbe.nothingToUndo(execution)
                            : StatementPhase.notDone(execution);
            case NEITHER ->
                    waitForPerson(
                            execution,
                            inDoubt.interrupted()
                                    + " half way: "
                                    + found.words()
                                    + rehearsedOn(execution));
        };
    }

    private static CatalogueComparison comparison(Execution execution, Reply.Fingerprinted reply) {
        return CatalogueComparison.of(
                changes(execution, InDoubtStep.of(execution).step()), reply.digests());
    }

    /** After the server refused the statement, with the session's transaction rolled back. */
    static Transition afterFailure(Execution execution, StepFailure failure) {
        InDoubtStep inDoubt = InDoubtStep.of(execution);
        return switch (atomicity(inDoubt)) {
            case ATOMIC -> RetryPolicy.retryOrGiveUp(execution, failure, true);
            case NOT_ATOMIC, SCHEMA_ONLY ->
                    changes(execution, inDoubt.step()).isEmpty()
                            ? mayHaveStayed(execution, failure, "")
                            : compare(execution, ExecutionPhase.COMPARING_AFTER_FAILURE);
        };
    }

    /** After the server refused the statement its objects are known. */
    static Transition comparedAfterFailure(Execution execution, Reply.Fingerprinted reply) {
        StepFailure failure = execution.state().statement().failure().orElseThrow();
        CatalogueComparison found = comparison(execution, reply);
        if (atomicity(InDoubtStep.of(execution)) == Atomicity.NOT_ATOMIC) {
            return mayHaveStayed(execution, failure, "; of the schema " + found.words());
        }
        return found.verdict() == CatalogueComparison.Verdict.BEFORE
                ? RetryPolicy.retryOrGiveUp(execution, failure, true)
                : mayHaveStayed(execution, failure, ": " + found.words());
    }

    private static Transition mayHaveStayed(
            Execution execution, StepFailure failure, String found) {
        StepFailure lasting =
                new StepFailure(
                        failure.code(),
                        failure.sqlState(),
                        failure.message(),
                        false,
                        failure.blockers(),
                        failure.statement());
        return RetryPolicy.giveUpInDoubt(
                execution,
                lasting,
                "; what the "
                        + InDoubtStep.of(execution).kind()
                        + " committed before that may have stayed"
                        + found
                        + InDoubtStep.of(execution).advice(execution.order()));
    }

    /** Another major version may word the same definition differently. */
    private static String rehearsedOn(Execution execution) {
        return execution
                .context()
                .rehearsalServer()
                .map(version -> " (compared with the rehearsal on PostgreSQL " + version + ")")
                .orElse("");
    }

    private static Transition waitForPerson(Execution execution, String fact) {
        String advice = InDoubtStep.of(execution).advice(execution.order());
        return RetryPolicy.giveUp(
                execution, ReportFactory.permanent("undecided", fact + advice), false);
    }
}
