package dev.skein.engine.execution;

import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.StatementStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One attempt at a statement that no transaction bounds.
 *
 * <ol>
 *   <li>Where an earlier run may have taken effect, ask the catalogue: done → write it down; a
 *       remnant → drop it and go on; no trace → go on; no single question tells → {@link
 *       InDoubtResolver}.
 *   <li>Write into the ledger that it starts. From here on a crash leads to 1.
 *   <li>Run it.
 *   <li>Ask the catalogue whether its effect is there: {@code if not exists} also succeeds where
 *       another run left an invalid index.
 *   <li>Write it down as done. Or, if the server refused it: drop what it left, then retry or fail.
 *       Something valid of the same name was there before, so it is not taken for this step's.
 * </ol>
 */
final class StatementRun {
    private static final String DUPLICATE_TABLE = "42P07";

    private final OrderExecution walk;
    private final PlannedStep leg;
    private final StatementStep step;
    private final ProbeKind certainty;
    private StepOutcome outcome = StepOutcome.EXECUTED;
    private Duration elapsed = Duration.ZERO;

    StatementRun(OrderExecution walk, PlannedStep leg, StatementStep step) {
        this.walk = walk;
        this.leg = leg;
        this.step = step;
        this.certainty = ProbeKind.of(step.probe());
    }

    Action begin() {
        if (!leg.uncertain()) {
            return walk.writeStart(leg, this::run);
        }
        return switch (certainty) {
            case CATALOGUE -> askCatalogue(this::foundAfterInterruption);
            case REPEATABLE -> settled();
            case NONE ->
                    inquest()
                            .afterInterruption(
                                    how -> walk.writeSuccess(leg, how, Duration.ZERO),
                                    this::settled);
        };
    }

    private Action foundAfterInterruption(ProbeResult result) {
        return switch (result.state()) {
            case DONE -> walk.writeSuccess(leg, StepOutcome.FOUND_DONE, Duration.ZERO);
            case NOT_DONE -> settled();
            case REMNANT -> drop(result, this::repaired);
            case DETACH_PENDING -> finalizeDetach();
        };
    }

    private Action repaired() {
        outcome = StepOutcome.REPAIRED;
        return settled();
    }

    /** The earlier run left nothing; if it was this walk's own, it was a failed attempt. */
    private Action settled() {
        Optional<StepFailure> failure = walk.setbacks().takeLost();
        return failure.isPresent()
                ? walk.setbacks().retryOrGiveUp(leg, failure.get(), leavesNoTrace())
                : run();
    }

    /** A concurrent drop that failed leaves the index behind, but maybe invalid. */
    private boolean leavesNoTrace() {
        return !(step.probe() instanceof Probe.IndexDropped);
    }

    private Action run() {
        boolean patient = certainty == ProbeKind.CATALOGUE;
        return walk.ask(
                new Action.RunStatement(step.session(), step.sql(), patient),
                reply -> {
                    if (reply instanceof Reply.Failed failed) {
                        return ranInVain(failed);
                    }
                    elapsed = ((Reply.Done) reply).elapsed();
                    return certainty == ProbeKind.CATALOGUE
                            ? askCatalogue(this::foundAfterSuccess)
                            : succeeded();
                });
    }

    private Action foundAfterSuccess(ProbeResult result) {
        return switch (result.state()) {
            case DONE -> succeeded();
            case NOT_DONE ->
                    step.probe() instanceof Probe.IndexRebuilt ? succeeded() : notVisible();
            case REMNANT -> drop(result, this::ranOverRemnant);
            case DETACH_PENDING -> finalizeDetach();
        };
    }

    private Action succeeded() {
        return walk.writeSuccess(leg, outcome, elapsed);
    }

    private Action notVisible() {
        return walk.setbacks()
                .giveUp(
                        leg,
                        ReportFactory.permanent(
                                "not-visible",
                                "the statement succeeded, but the catalogue does not show its"
                                    + " effect; compare the names in the script with the database"),
                        false);
    }

    private Action ranOverRemnant() {
        StepFailure failure =
                new StepFailure(
                        "invalid-index",
                        Optional.empty(),
                        "an invalid index of that name was in the way and has been dropped",
                        true,
                        List.of());
        return walk.setbacks().retryOrGiveUp(leg, failure, true);
    }

    private Action ranInVain(Reply.Failed failed) {
        boolean refused = failed.nature() == Reply.Failed.Nature.REFUSED;
        if (refused && certainty == ProbeKind.NONE) {
            return inquest().afterFailure(failed);
        }
        if (!refused || certainty != ProbeKind.CATALOGUE) {
            return walk.setbacks().stepFailed(leg, failed);
        }
        return askCatalogue(result -> foundAfterFailure(result, failed.failure()));
    }

    private Action foundAfterFailure(ProbeResult result, StepFailure failure) {
        // An index that was in the way before is not what this run left.
        boolean inTheWay = failure.sqlState().filter(DUPLICATE_TABLE::equals).isPresent();
        return switch (result.state()) {
            case DONE -> walk.setbacks().retryOrGiveUp(leg, failure, true);
            case NOT_DONE -> walk.setbacks().retryOrGiveUp(leg, failure, leavesNoTrace());
            case REMNANT ->
                    inTheWay
                            ? walk.setbacks().retryOrGiveUp(leg, failure, true)
                            : drop(result, () -> walk.setbacks().retryOrGiveUp(leg, failure, true));
            case DETACH_PENDING -> finalizeDetach();
        };
    }

    private Action finalizeDetach() {
        outcome = StepOutcome.REPAIRED;
        return walk.ask(
                new Action.FinalizeDetach(step.session(), (Probe.PartitionDetached) step.probe()),
                reply -> reply instanceof Reply.Failed failed ? unsettled(failed) : succeeded());
    }

    private Action drop(ProbeResult result, Supplier<Action> next) {
        return walk.ask(
                new Action.DropIndexes(result.remnants()),
                reply -> reply instanceof Reply.Failed failed ? unsettled(failed) : next.get());
    }

    private Action askCatalogue(Function<ProbeResult, Action> next) {
        return walk.ask(
                new Action.AskCatalogue(step.session(), step.probe()),
                reply ->
                        reply instanceof Reply.Failed failed
                                ? unsettled(failed)
                                : next.apply(((Reply.Probed) reply).result()));
    }

    private Action unsettled(Reply.Failed failed) {
        return walk.setbacks().unsettled(leg, failed);
    }

    private InDoubtResolver inquest() {
        return new InDoubtResolver(walk, leg, step, leg.ref());
    }
}
