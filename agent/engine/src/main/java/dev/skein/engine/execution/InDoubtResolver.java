package dev.skein.engine.execution;

import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.ObjectChange;
import dev.skein.protocol.plan.RehearsedStep;
import dev.skein.protocol.plan.StatementStep;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What became of a statement that no single question to the catalogue answers for, such as a script
 * with transactions of its own.
 *
 * <ol>
 *   <li>Where the order says so in a person's name, that holds, once: for what an earlier order
 *       left.
 *   <li>Where the plan was rehearsed, the objects that the step changes are compared with what they
 *       were before and after it there. All as before: not done; all as after: done.
 *   <li>Else the step waits for a person.
 * </ol>
 */
final class InDoubtResolver {
    private final OrderExecution walk;
    private final PlannedStep leg;
    private final StatementStep statement;
    private final StepRef step;
    private final List<ObjectChange> changes;

    /**
     * @param leg the first leg, which waits for the answer
     * @param step the step in question: the leg's own, or the step up that it takes back
     */
    InDoubtResolver(OrderExecution walk, PlannedStep leg, StatementStep statement, StepRef step) {
        this.walk = walk;
        this.leg = leg;
        this.statement = statement;
        this.step = step;
        this.changes = walk.rehearsed(step).map(RehearsedStep::changes).orElse(List.of());
    }

    /** After an interruption: nobody saw how the statement ended. */
    Action afterInterruption(Function<StepOutcome, Action> done, Supplier<Action> notDone) {
        if (walk.declares(Repair.STEP_DONE, step)) {
            return done.apply(StepOutcome.DECLARED_DONE);
        }
        if (walk.declares(Repair.STEP_NOT_DONE, step)) {
            return step.equals(leg.ref()) ? walk.writeStart(leg, notDone) : notDone.get();
        }
        if (changes.isEmpty() || statement.assumedAtomicity() == Atomicity.NOT_ATOMIC) {
            return waitForPerson(interrupted() + " and " + whyNothingTells());
        }
        return compare(
                evidence ->
                        switch (evidence.verdict()) {
                            case AFTER -> done.apply(StepOutcome.FOUND_DONE);
                            case BEFORE -> notDone.get();
                            case NEITHER ->
                                    waitForPerson(
                                            interrupted()
                                                    + " half way: "
                                                    + evidence.words()
                                                    + rehearsedOn());
                        });
    }

    /** The message begins with the leg's place, which is not the place of the step in question. */
    private boolean isOfAnother() {
        return !step.equals(leg.ref());
    }

    private String interrupted() {
        return isOfAnother()
                ? "an earlier run of " + name() + ", which it takes back, was interrupted"
                : "an earlier run was interrupted";
    }

    private String name() {
        return step.direction().label() + " " + (step.index() + 1);
    }

    private String whyNothingTells() {
        if (!changes.isEmpty() && statement.atomicity().isEmpty()) {
            return "its plan does not say what of its script can stay (it was built by an older"
                    + " version; build it again)";
        }
        if (!changes.isEmpty()) {
            return "its script may change data in a transaction of its own, which no comparison of"
                    + " schemas shows";
        }
        return walk.isRehearsed()
                ? "its rehearsal changed no object of the schema that could be compared"
                : "nothing tells whether it took effect, because the plan was not rehearsed"
                        + " ('skein plan rehearse' notes what agents compare)";
    }

    /** After the server refused the statement, with the session's transaction rolled back. */
    Action afterFailure(Reply.Failed failed) {
        StepFailure failure = failed.failure();
        return switch (statement.assumedAtomicity()) {
            case ATOMIC -> walk.setbacks().stepFailed(leg, failed);
            case NOT_ATOMIC -> stayed(failure, "");
            case SCHEMA_ONLY ->
                    changes.isEmpty()
                            ? stayed(failure, "")
                            : compare(
                                    evidence ->
                                            evidence.verdict() == CatalogueComparison.Verdict.BEFORE
                                                    ? walk.setbacks().stepFailed(leg, failed)
                                                    : stayed(failure, ": " + evidence.words()));
        };
    }

    private Action stayed(StepFailure failure, String evidence) {
        StepFailure worded =
                new StepFailure(
                        failure.code(),
                        failure.sqlState(),
                        failure.message()
                                + "; what the script committed before that may have stayed"
                                + evidence
                                + advice(),
                        false,
                        failure.blockers());
        return walk.setbacks().giveUp(leg, worded, false);
    }

    /** Another major version may word the same definition differently. */
    private String rehearsedOn() {
        return walk.rehearsalServer()
                .map(version -> " (compared with the rehearsal on PostgreSQL " + version + ")")
                .orElse("");
    }

    private Action waitForPerson(String fact) {
        return walk.setbacks()
                .giveUp(leg, ReportFactory.permanent("undecided", fact + advice()), false);
    }

    private String advice() {
        String command = "'skein database repair " + walk.order().database() + " --step-done'";
        String choice =
                isOfAnother()
                        ? " if all of "
                                + name()
                                + " took effect and is to be taken back, or '--step-not-done' if"
                                + " nothing of it did"
                        : " if all of the step took effect, or '--step-not-done' if nothing of it"
                                + " did and it shall run";
        return "; look at the database, then " + command + choice;
    }

    private Action compare(Function<CatalogueComparison, Action> next) {
        List<String> objects = changes.stream().map(ObjectChange::object).toList();
        return walk.ask(
                new Action.AskFingerprint(objects),
                reply ->
                        reply instanceof Reply.Failed failed
                                ? walk.setbacks().unsettled(leg, failed)
                                : next.apply(
                                        CatalogueComparison.of(
                                                changes, ((Reply.Fingerprinted) reply).digests())));
    }
}
