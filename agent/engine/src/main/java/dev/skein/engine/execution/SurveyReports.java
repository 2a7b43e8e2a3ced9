package dev.skein.engine.execution;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.ChecksumDifference;
import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.event.VersionProof;
import dev.skein.protocol.event.VersionProof.Verdict;
import dev.skein.protocol.plan.Fingerprint;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.text.ShortList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an order that runs no steps says: to survey a database, or to adopt it.
 *
 * <p>A survey is reported outside the ledger, for it must work without one; an adoption writes the
 * ledger's first two rows, and what prevents it is reported outside the ledger as well.
 */
public final class SurveyReports {
    private static final Progress NO_STEPS = new Progress(0, 0);
    private static final List<Migration> NONE = List.of();

    private final OrderIssued order;
    private final Assignment assignment;
    private final ReportFactory reports;

    /** For one order. */
    public SurveyReports(Assignment assignment) {
        this.order = assignment.order();
        this.assignment = assignment;
        this.reports = new ReportFactory(order, assignment.plan());
    }

    /**
     * How the database compares with the plan, filled in for it; where a value is missing, with the
     * plan as it is.
     *
     * @param lockStuck whether the framework's lock is set in its table
     */
    public SurveyFindings compare(Survey survey, boolean lockStuck) {
        Plan plan = ParameterSubstitution.of(assignment, survey.sessionContext()).plan();
        return PlanComparison.of(plan, order.database(), survey, lockStuck);
    }

    /**
     * The same, with what is known of the version that a person has declared.
     *
     * @param schema of the database, where {@link #needsSchema} says so
     */
    public SurveyFindings compare(Survey survey, boolean lockStuck, Optional<Fingerprint> schema) {
        SurveyFindings findings = compare(survey, lockStuck);
        boolean wholeDatabase = order.database().schema().isEmpty();
        return declared(survey)
                .map(each -> findings.with(each.proof(schema, wholeDatabase)))
                .orElse(findings);
    }

    /** Whether the schema has to be read, because nothing else tells what is there. */
    public boolean needsSchema(Survey survey) {
        return assignment.plan().rehearsal().isPresent() && isToBelieve(survey);
    }

    /** Whether a person's word is all that there is. */
    public boolean isToBelieve(Survey survey) {
        return declared(survey).filter(DeclaredState::booksAreSilent).isPresent();
    }

    private Optional<DeclaredState> declared(Survey survey) {
        return order.declared().map(word -> new DeclaredState(assignment.plan(), word, survey));
    }

    /** The end of a survey. */
    public Envelope surveyed(Survey survey, SurveyFindings findings, Instant at) {
        return reports.beside(
                new DatabaseSurveyed(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        findings,
                        new LedgerLink(order, survey).seen(),
                        at));
    }

    /** The end of an order that the ledger bars; empty if it does not. */
    public Optional<Envelope> behindLedger(Survey survey, Instant at) {
        LedgerLink link = new LedgerLink(order, survey);
        return link.bars() || link.isBlind(assignment.plan())
                ? Optional.of(reports.barred(link, beside(at)))
                : Optional.empty();
    }

    /** Whether an earlier execution of this very order has put its end into the ledger. */
    public boolean hasEnded(Survey survey) {
        return survey.has(LedgerKind.ENDED, order.epoch());
    }

    /** Why the database is not adopted as it is; empty if it is. */
    public Optional<Envelope> refusal(SurveyFindings findings, Survey survey, Instant at) {
        Optional<Refusal> named = assignment.sharedTable().or(() -> belowBaseline(survey));
        if (named.isPresent() && named.get() instanceof Refusal.Mismatch mismatch) {
            String message = "not adopted: " + mismatch.message();
            return Optional.of(failed(ReportFactory.permanent(mismatch.code(), message), at));
        }
        if (findings.agrees()) {
            return undeclarable(findings).map(failure -> failed(failure, at));
        }
        StepFailure failure =
                ReportFactory.permanent(
                        "differs-from-plan",
                        "not adopted: "
                                + difference(findings)
                                + "; mend the database or the plan, then adopt again");
        return Optional.of(failed(failure, at));
    }

    /** Why the database is not taken to be at the declared version. */
    private Optional<StepFailure> undeclarable(SurveyFindings findings) {
        Optional<VersionProof> unheld =
                findings.proof().filter(each -> !each.holds(order.declared().orElseThrow()));
        return unheld.map(
                proof -> {
                    boolean contradicted = proof.verdict() == Verdict.CONTRADICTED;
                    return ReportFactory.permanent(
                            contradicted ? "version-contradicted" : "version-unproven",
                            "not adopted at version "
                                    + proof.version()
                                    + (contradicted ? ", which it is not at: " : ", unproven: ")
                                    + proof.words()
                                    + (contradicted
                                            ? "; name the version that is there, or mend the"
                                                    + " database"
                                            : "; look at it, and --unproven takes your word"));
                });
    }

    private Optional<Refusal> belowBaseline(Survey survey) {
        Plan plan = ParameterSubstitution.of(assignment, survey.sessionContext()).plan();
        return BaselineGap.of(plan, AppliedState.of(plan, survey)).map(BaselineGap::refusal);
    }

    private static String difference(SurveyFindings findings) {
        if (!findings.failed().isEmpty()) {
            return "the version table says that migration "
                    + findings.failed().get(0)
                    + " failed or is not finished"
                    + more(findings.failed());
        }
        if (!findings.differing().isEmpty()) {
            ChecksumDifference first = findings.differing().get(0);
            return "migration "
                    + first.migration()
                    + " was applied with checksum "
                    + first.recorded()
                    + ", the plan has "
                    + first.planned()
                    + more(findings.differing());
        }
        return findings.unknown().isEmpty()
                ? "the framework's lock is set in its table"
                : "migration "
                        + findings.unknown().get(0)
                        + " is applied and the plan does not know it"
                        + more(findings.unknown());
    }

    private static String more(List<?> all) {
        return all.size() == 1 ? "" : " (" + ShortList.rest(all.size(), 1) + " like it)";
    }

    /** What goes into a ledger that knows nothing of the order yet. */
    public Records adoption(Survey survey, SurveyFindings findings, Instant at) {
        long sequence = Math.max(survey.lastSequence(), order.lastSequence());
        ReportPosition position = new ReportPosition(sequence, NO_STEPS, at);
        LedgerLink link = new LedgerLink(order, survey);
        List<LedgerEntry> entries = new ArrayList<>();
        List<Migration> there = declaredMigrations(survey, link);
        SurveyFindings told = told(survey, findings);
        entries.add(reports.accepted(told.version(), link.finding(), position));
        for (Migration each : survey.history().isPresent() ? NONE : there) {
            for (PlannedStep step : PlannedStep.upOf(each)) {
                position = position.next();
                entries.add(reports.declared(step, position));
            }
        }
        entries.add(
                reports.entry(
                        LedgerKind.ENDED,
                        new DatabaseAdopted(
                                order.database(), order.rollout(), order.epoch(), told, at),
                        position.next()));
        return new Records(entries, survey.history().isPresent() ? rowsOf(there) : List.of());
    }

    private List<Migration> declaredMigrations(Survey survey, LedgerLink link) {
        return declared(survey)
                .map(each -> each.booksAreSilent() ? each.migrations() : List.<Migration>of())
                .orElseGet(() -> link.declared(assignment.plan()));
    }

    /** The framework's own rows, where it keeps a version table. */
    private static List<VersionChange> rowsOf(List<Migration> migrations) {
        return migrations.stream()
                .map(each -> VersionChange.of(VersionChange.Kind.APPLIED, each).took(Duration.ZERO))
                .toList();
    }

    /** How the database compares with the plan once what was declared is in its books. */
    private SurveyFindings told(Survey survey, SurveyFindings findings) {
        return declared(survey)
                .filter(DeclaredState::booksAreSilent)
                .map(each -> compare(each.asDeclared(), false))
                .map(each -> findings.proof().map(each::with).orElse(each))
                .orElse(findings);
    }

    /**
     * How an execution ends that failed. Whoever takes up an order to adopt once more writes to the
     * ledger; one that only reads may read at any time.
     */
    public ExecutionEnd failedEnd() {
        return order.kind() == OrderKind.ADOPT ? ExecutionEnd.UNRECORDED : ExecutionEnd.FINISHED;
    }

    /** The end of an order that could not be carried out. */
    public Envelope failed(StepFailure failure, Instant at) {
        return reports.failedBeside(Optional.empty(), failure, beside(at));
    }

    /** An attempt that failed for a transient reason. */
    public Envelope unavailable(StepFailure failure, int attempt, Duration wait, Instant at) {
        return reports.unavailable(failure, attempt, wait, at);
    }

    /** The wait after an attempt of that number, from 1. */
    public Duration waitAfter(int attempt, double jitter) {
        return RetryPolicy.BACKOFF.after(attempt, jitter);
    }

    /** A pause was seen. */
    public Envelope paused(int pause, Instant at) {
        return reports.paused(pause, beside(at));
    }

    /** An abort was seen. */
    public Envelope stopped(Instant at) {
        return reports.stopped(beside(at));
    }

    private static ReportPosition beside(Instant at) {
        return new ReportPosition(0, NO_STEPS, at);
    }
}
