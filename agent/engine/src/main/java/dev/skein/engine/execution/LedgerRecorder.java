package dev.skein.engine.execution;

import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Migration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes to the ledger, and to the framework's version table with it. */
final class LedgerRecorder {
    private LedgerRecorder() {}

    /** Writes in a transaction that runs nothing else. */
    static Transition write(Execution execution, LedgerWrite write) {
        Records records = write.accept(new Drafting(execution));
        Action action =
                write.phase() == ExecutionPhase.ACCEPTING
                        ? new Action.Accept(records, mendsVersionTable(execution))
                        : new Action.Write(records);
        return execution
                .with(PendingState.writing(write, records.entries().size()))
                .enter(write.phase(), action);
    }

    /** Writes once more what could not be written. */
    static Transition writeAgain(Execution execution) {
        return write(execution, execution.state().pending().write().orElseThrow());
    }

    private static LedgerLink link(Execution execution) {
        return new LedgerLink(execution.order(), execution.progress().survey());
    }

    /** The migrations that a person has declared to be there, in place of a ledger that is gone. */
    static List<Migration> declared(Execution execution) {
        return link(execution).declared(execution.context().plan());
    }

    /** Whether half-done entries are removed from the framework's version table. */
    static boolean mendsVersionTable(Execution execution) {
        return execution.context().repairs(Repair.BOOKS);
    }

    /** Writes that the step at hand is done, which no transaction of its own did. */
    static Transition writeSuccess(
            Execution execution, PlannedStep plannedStep, StepOutcome outcome, Duration elapsed) {
        List<VersionChange> timed =
                plannedStep.changes().stream().map(c -> c.took(elapsed)).toList();
        Optional<String> output =
                plannedStep.step() instanceof DelegatedStep
                        ? execution.state().statement().output()
                        : Optional.empty();
        return write(
                execution,
                new LedgerWrite.Success(plannedStep.with(timed), outcome, elapsed, output));
    }

    /** The order's end is written. */
    static Transition ended(Execution execution, Reply.Done done) {
        return ExecutionExit.finished(execution.recorded());
    }

    /** What the transaction of a step that is done writes; with the last step, the order's end. */
    static Records success(Execution execution, LedgerWrite.Success success) {
        ReportFactory reports = execution.reports();
        ReportPosition position = execution.position();
        List<LedgerEntry> entries = new ArrayList<>();
        List<VersionChange> changes = new ArrayList<>(success.plannedStep().written());
        entries.add(
                reports.succeeded(
                        success, execution.retry().attempt(), versionAfter(execution), position));
        if (execution.progress().isLastStep()) {
            ExecutionPlan executionPlan = execution.progress().executionPlan();
            entries.add(reports.ended(executionPlan, position.stepDone().next()));
            changes.addAll(executionPlan.closing());
        }
        return new Records(entries, changes, success.plannedStep().expectationWhenDone());
    }

    /** Where the step at hand changes the version: that version, empty text for none. */
    private static Optional<String> versionAfter(Execution execution) {
        if (execution.progress().plannedStep().changes().stream()
                .noneMatch(VersionChange::changesTheVersion)) {
            return Optional.empty();
        }
        AppliedState before =
                AppliedState.of(execution.context().plan(), execution.progress().survey());
        return Optional.of(
                before.versionAfter(execution.progress().changesWithThisStep()).orElse(""));
    }

    /** The records of each write. */
    private record Drafting(Execution execution) implements LedgerWrite.Visitor<Records> {
        private ReportFactory reports() {
            return execution.reports();
        }

        private ReportPosition position() {
            return execution.position();
        }

        private static Records only(LedgerEntry entry) {
            return new Records(List.of(entry), List.of());
        }

        @Override
        public Records on(LedgerWrite.OrderAcceptance write) {
            ExecutionPlan executionPlan = execution.progress().executionPlan();
            List<LedgerEntry> entries = new ArrayList<>();
            ReportPosition position = position();
            entries.add(
                    reports()
                            .accepted(
                                    executionPlan.versionNow(),
                                    link(execution).finding(),
                                    position));
            for (Migration each : declared(execution)) {
                for (PlannedStep step : PlannedStep.upOf(each)) {
                    position = position.next();
                    entries.add(reports().declared(step, position));
                }
            }
            return new Records(entries, List.of());
        }

        @Override
        public Records on(LedgerWrite.Start write) {
            PlannedStep plannedStep = write.plannedStep();
            return new Records(
                    List.of(reports().started(plannedStep, position())),
                    plannedStep.starting(),
                    plannedStep.expectation());
        }

        @Override
        public Records on(LedgerWrite.Success write) {
            return success(execution, write);
        }

        @Override
        public Records on(LedgerWrite.Retry write) {
            return only(reports().retried(write, execution.retry().attempt(), position()));
        }

        @Override
        public Records on(LedgerWrite.Failure write) {
            return new Records(
                    List.of(reports().failed(write, position())),
                    failures(write.plannedStep(), write.failure()));
        }

        private List<VersionChange> failures(PlannedStep plannedStep, StepFailure failure) {
            return execution.context().recordsFailureOf(plannedStep)
                    ? plannedStep
                            .migration()
                            .map(m -> VersionChange.failed(m, failure.message()))
                            .stream()
                            .toList()
                    : List.of();
        }

        @Override
        public Records on(LedgerWrite.NotBegun write) {
            if (write.refusal() instanceof Refusal.NoWayBack noWayBack) {
                return only(reports().irreversible(noWayBack, position()));
            }
            Refusal.Mismatch mismatch = (Refusal.Mismatch) write.refusal();
            return only(
                    reports()
                            .refused(
                                    ReportFactory.permanent(mismatch.code(), mismatch.message()),
                                    position()));
        }

        @Override
        public Records on(LedgerWrite.Completion write) {
            ExecutionPlan executionPlan = execution.progress().executionPlan();
            LedgerEntry ended = reports().ended(executionPlan, position());
            return new Records(List.of(ended), executionPlan.closing());
        }
    }
}
