package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Asked.back;
import static dev.skein.orchestrator.rollout.Asked.everyone;
import static dev.skein.orchestrator.rollout.Asked.retry;
import static dev.skein.orchestrator.rollout.Lab.AGENT;
import static dev.skein.orchestrator.rollout.Lab.PERSON;
import static dev.skein.orchestrator.rollout.Lab.ROLLOUT;
import static dev.skein.orchestrator.rollout.Lab.db;
import static dev.skein.orchestrator.rollout.Reports.NOTHING;
import static dev.skein.orchestrator.rollout.Reports.reports;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.fleet.FoldOutcome;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseUnavailable;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.id.RolloutId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * Decisions over a log that was restored from a backup: the ledger knows orders that it does not.
 */
class LedgerAheadDecisionsTest {
    private static final RolloutId LOST = new RolloutId("r-lost");
    private static final Progress ALL = new Progress(1, 1);

    private final Lab lab = Lab.fleet(2).open(everyone());

    LedgerAheadDecisionsTest() {
        lab.advance();
        reports(lab).applied(db(2));
    }

    /** What the ledger holds of an order that this log does not have. */
    private void lost(RolloutId rollout, long epoch) {
        assertThat(lab.report(accepted(rollout, epoch))).isEqualTo(FoldOutcome.APPLIED);
        lab.report(new DatabaseApplied(db(1), rollout, epoch, "9", ALL, lab.now()));
    }

    private OrderAccepted accepted(RolloutId rollout, long epoch) {
        return new OrderAccepted(
                db(1),
                rollout,
                epoch,
                OrderKind.APPLY,
                AGENT,
                NOTHING,
                Optional.empty(),
                lab.now());
    }

    private TargetState state() {
        return lab.status(db(1)).state();
    }

    @Test
    void orderThatTheLedgerIsAheadOfIsOrderedOnceMoreAboveTheLedgersEpoch() {
        // given
        reports(lab).overtaken(db(1), 7);
        assertThat(state()).isEqualTo(TargetState.PENDING);
        // when
        List<OrderIssued> again = lab.advance();
        // then
        assertThat(again).extracting(OrderIssued::epoch).containsExactly(8L);
        reports(lab).accepted(db(1));
        assertThat(state()).isEqualTo(TargetState.RUNNING);
    }

    /** Another orchestrator may be at work with a copy of the log. */
    @Test
    void ledgerThatHasMovedOnMeanwhileFailsTheOrderWithTheAgentsReason() {
        // when
        overtakenTwice();
        // then
        assertThat(lab.advance()).isEmpty();
        assertThat(state()).isEqualTo(TargetState.FAILED);
        assertThat(lab.status(db(1)).reason()).contains("the ledger is ahead");
        assertThat(lab.status(db(1)).outstanding()).isFalse();
    }

    private void overtakenTwice() {
        reports(lab).overtaken(db(1), 7);
        lab.advance();
        lab.after(Duration.ofSeconds(1));
        reports(lab).overtaken(db(1), 9);
    }

    @Test
    void retryIsOrderedAboveTheLedgersEpoch() {
        // given
        overtakenTwice();
        lab.advance();
        // when
        lab.run(retry(lab, db(1)));
        // then
        assertThat(lab.advance()).extracting(OrderIssued::epoch).containsExactly(10L);
        reports(lab).accepted(db(1));
        assertThat(state()).isEqualTo(TargetState.RUNNING);
    }

    @Test
    void reportsOfRolloutsThatTheLogLacksAreCountedAndDoNotHideThatTheLedgerIsAhead() {
        // given: the ledger's own orders have the epoch of the order here, and the next one
        lost(LOST, 1);
        lost(new RolloutId("r-lost-too"), 2);
        assertThat(state()).isEqualTo(TargetState.ORDERED);
        // when
        reports(lab).overtaken(db(1), 2);
        // then
        assertThat(state()).isEqualTo(TargetState.PENDING);
        assertThat(lab.fleet().database(db(1)).progress().version()).contains("9");
        assertThat(lab.fleet().database(db(1)).nextEpoch()).isEqualTo(3);
        assertThat(lab.fleet().rollout(LOST)).isEmpty();
    }

    @Test
    void failureIsSeenWhateverWasReportedOfTheOrderBefore() {
        // given: the agent could not connect at first, then read a ledger that is ahead
        reports(lab).unavailable(db(1));
        lost(LOST, 1);
        lab.after(Duration.ofSeconds(1));
        // when
        reports(lab).overtaken(db(1), 1);
        // then
        assertThat(state()).isEqualTo(TargetState.PENDING);
    }

    @Test
    void olderNewsOfTheOrderThatComesOnceMoreChangesNothing() {
        // given
        DatabaseUnavailable unavailable =
                new DatabaseUnavailable(
                        db(1), ROLLOUT, 1, Reports.FAILURE, 1, Duration.ZERO, lab.now());
        lab.reportUncounted(unavailable);
        lost(LOST, 2);
        lab.after(Duration.ofSeconds(1));
        reports(lab).overtaken(db(1), 2);
        // when
        FoldOutcome again = lab.reportUncounted(unavailable);
        // then
        assertThat(again).isEqualTo(FoldOutcome.DUPLICATE);
        assertThat(state()).isEqualTo(TargetState.PENDING);
    }

    @Test
    void abortEndsOnceTheOrderHasFailed() {
        // given
        lost(LOST, 2);
        lab.run(new Command.Abort(ROLLOUT, "restored", PERSON, lab.now()));
        lab.advance();
        assertThat(lab.rollout().isOpen()).isTrue();
        // when
        reports(lab).overtaken(db(1), 2);
        lab.advance();
        // then
        assertThat(lab.rollout().isOpen()).isFalse();
    }

    @Test
    void abortEndsWhenAnAgentConfirmsAnOrderBelowTheLedger() {
        // given
        lost(LOST, 2);
        lab.run(new Command.Abort(ROLLOUT, "restored", PERSON, lab.now()));
        lab.advance();
        // when
        lab.reportUncounted(new OrderStopped(db(1), ROLLOUT, 1, NOTHING, lab.now()));
        lab.advance();
        // then
        assertThat(lab.rollout().isOpen()).isFalse();
    }

    @Test
    void databaseThatFailedForItCanBeSkipped() {
        // given
        overtakenTwice();
        lab.advance();
        // when
        lab.run(new Command.Skip(ROLLOUT, List.of(db(1)), "later", PERSON, lab.now()));
        // then
        assertThat(state()).isEqualTo(TargetState.SKIPPED);
    }

    @Test
    void goodEndOfALaterOrderOfTheSameRolloutStands() {
        // given: the log has lost a retry, which the ledger holds with its end
        lost(ROLLOUT, 2);
        // when
        reports(lab).overtaken(db(1), 2);
        // then
        assertThat(state()).isEqualTo(TargetState.APPLIED);
    }

    @Test
    void laterOrderOfTheSameRolloutThatNobodyCarriesOutAnyMoreIsOrderedAgain() {
        // given: the log has lost a retry, and the ledger holds no end of it
        lab.report(accepted(ROLLOUT, 2));
        // when
        reports(lab).overtaken(db(1), 2);
        // then
        assertThat(state()).isEqualTo(TargetState.PENDING);
    }

    @Test
    void rollbackTakesBackWhatTheLedgerTellsOfAnOrderThatTheLogHasLost() {
        // given: nothing was ordered, by this log
        Lab restored = Lab.fleet(2).open(everyone());
        restored.report(accepted(ROLLOUT, 1));
        restored.report(
                new StepSucceeded(
                        db(1),
                        ROLLOUT,
                        1,
                        new StepRef("1", 0, Direction.UP),
                        StepOutcome.EXECUTED,
                        1,
                        Duration.ZERO,
                        ALL,
                        Optional.of("1"),
                        Optional.empty(),
                        restored.now()));
        // when
        restored.run(back(restored, RollbackScope.ALL));
        // then
        OrderIssued order = restored.advance().get(0);
        assertThat(order.database()).isEqualTo(db(1));
        assertThat(order.kind()).isEqualTo(OrderKind.ROLLBACK);
        assertThat(order.epoch()).isEqualTo(2);
        assertThat(restored.status(db(2)).state()).isEqualTo(TargetState.SKIPPED);
    }

    @Test
    void wordAboutAnOrderSaysNothingOfTheNewerOneThatReplacedIt() {
        // given: the agent that lost the database had not heard of the newer order
        lab.run(new Command.Abort(ROLLOUT, "stop", PERSON, lab.now()));
        reports(lab).stopped(db(1));
        lab.advance();
        lab.run(retry(lab, db(1)));
        lab.advance();
        reports(lab).accepted(db(1));
        // when
        lab.reportUncounted(
                new DatabaseFailed(
                        db(1),
                        ROLLOUT,
                        1,
                        OrderKind.APPLY,
                        Optional.empty(),
                        Reports.FAILURE,
                        NOTHING,
                        OptionalLong.of(2),
                        lab.now()));
        // then
        assertThat(state()).isEqualTo(TargetState.RUNNING);
    }
}
