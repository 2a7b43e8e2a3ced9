package dev.skein.agent.order;

import static dev.skein.agent.order.Facts.order;
import static dev.skein.agent.order.Facts.paused;
import static dev.skein.agent.order.Facts.resumed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What pauses and resumes do to an order that has failed while its ledger does not say so. */
class UnrecordedOrderTest {
    private final SchedulerLab lab = new SchedulerLab();

    /** A new process would take it up again, so its agent answers for it when there is a pause. */
    @Test
    void anOrderThatFailedBesideItsLedgerConfirmsPausesAndIsNotExecutedAgain() {
        // given
        lab.opened("a");
        lab.live(order("a", 1, 1));
        lab.take(lab.scheduler.ended(order("a", 1, 1), ExecutionEnd.UNRECORDED, Optional.empty()));
        lab.actions.clear();

        // when
        lab.said(paused(1, 2));

        // then
        assertThat(lab.actions)
                .containsExactly(
                        new OrderAction.ConfirmPause(order("a", 1, 1), 1, SchedulerLab.NOTHING));
        lab.said(resumed(3));
        assertThat(lab.actions).hasSize(1);
    }

    @Test
    void anOrderWhoseStatementMayStillRunTakesTheLockOnceBeforeItConfirmsAPause() {
        // given
        lab.opened("a");
        lab.live(order("a", 1, 1));
        lab.take(lab.scheduler.ended(order("a", 1, 1), ExecutionEnd.IN_DOUBT, Optional.empty()));
        lab.actions.clear();

        // when
        lab.said(paused(1, 2));

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("a", 1, 1)));
        lab.actions.clear();
        lab.take(lab.scheduler.ended(order("a", 1, 1), ExecutionEnd.UNREACHED, Optional.empty()));
        assertThat(lab.actions).isEmpty();
    }

    @Test
    void anOrderThatFailedBesideItsLedgerDoesNotGoOnWithAResume() {
        // given
        lab.opened("a");
        lab.live(order("a", 1, 1));
        lab.take(lab.scheduler.ended(order("a", 1, 1), ExecutionEnd.IN_DOUBT, Optional.empty()));
        lab.said(paused(1, 2));

        // when
        lab.said(resumed(3));

        // then
        assertThat(lab.scheduler.permit(order("a", 1, 1))).isEqualTo(Permit.superseded());
    }

    /** The log has read since that it is under way, so that nobody would order it again. */
    @Test
    void anOrderThatAPauseFoundOutAboutGoesOnWithTheResume() {
        // given
        lab.opened("a");
        lab.live(order("a", 1, 1));
        lab.take(lab.scheduler.ended(order("a", 1, 1), ExecutionEnd.IN_DOUBT, Optional.empty()));
        lab.said(paused(1, 2));
        lab.scheduler.recorded(order("a", 1, 1));
        lab.take(lab.scheduler.ended(order("a", 1, 1), ExecutionEnd.PAUSED, Optional.empty()));
        lab.actions.clear();

        // when
        lab.said(resumed(3));

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("a", 1, 1)));
    }

    @Test
    void anOrderThatAPauseFoundBehindItsLedgerIsNotLookedAtAgain() {
        // given
        lab.opened("a");
        lab.live(order("a", 1, 1));
        lab.take(lab.scheduler.ended(order("a", 1, 1), ExecutionEnd.IN_DOUBT, Optional.empty()));
        lab.said(paused(1, 2));
        lab.actions.clear();

        // when
        lab.scheduler.recorded(order("a", 1, 1));
        lab.take(lab.scheduler.ended(order("a", 1, 1), ExecutionEnd.SUPERSEDED, Optional.empty()));

        // then
        assertThat(lab.actions).isEmpty();
    }

    /** Its acceptance came before its failure, which is what the log has read last. */
    @Test
    void anOrderThatWasInTheLedgerWhenItFailedStaysFailedAfterTheResume() {
        // given
        lab.opened("a");
        lab.live(order("a", 1, 1));
        lab.scheduler.recorded(order("a", 1, 1));
        lab.take(lab.scheduler.ended(order("a", 1, 1), ExecutionEnd.IN_DOUBT, Optional.empty()));
        lab.said(paused(1, 2));
        lab.take(lab.scheduler.ended(order("a", 1, 1), ExecutionEnd.PAUSED, Optional.empty()));
        lab.actions.clear();

        // when
        lab.said(resumed(3));

        // then
        assertThat(lab.actions).isEmpty();
    }

    /** The server goes on with a statement for a while after its client is gone. */
    @Test
    void aPauseOfTheNextOrderWaitsForWhatTheOneBeforeMayHaveLeftRunning() {
        // given
        lab.opened("a");
        lab.live(order("a", 1, 1));
        lab.live(order("a", 2, 2));
        lab.actions.clear();

        // when
        lab.said(paused(1, 3));
        lab.take(lab.scheduler.ended(order("a", 1, 1), ExecutionEnd.IN_DOUBT, Optional.empty()));

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("a", 2, 2)));
        assertThat(lab.scheduler.permit(order("a", 2, 2)))
                .isEqualTo(Permit.paused(1).inDoubt(true));
    }
}
