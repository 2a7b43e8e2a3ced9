package dev.skein.agent.order;

import static dev.skein.agent.order.Facts.aborted;
import static dev.skein.agent.order.Facts.closed;
import static dev.skein.agent.order.Facts.db;
import static dev.skein.agent.order.Facts.order;
import static dev.skein.agent.order.Facts.paused;
import static dev.skein.agent.order.Facts.resumed;
import static dev.skein.agent.order.Facts.retried;
import static dev.skein.agent.order.Facts.skipped;
import static dev.skein.agent.order.Facts.waveStarted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.id.AgentId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What pauses, aborts, skips, retries and closings do to orders. */
class SchedulerSignalsTest {
    private final SchedulerLab lab = new SchedulerLab();

    @Test
    void anOrderThatWaitsConfirmsAPauseAtOnce() {
        // given
        lab.opened("a", "b", "c");
        lab.live(order("a", 1, 1));
        lab.live(order("b", 1, 1));
        lab.live(order("c", 1, 1));
        lab.actions.clear();

        // when
        lab.said(paused(1, 2));

        // then
        assertThat(lab.actions)
                .containsExactly(
                        new OrderAction.ConfirmPause(order("c", 1, 1), 1, SchedulerLab.NOTHING));
        assertThat(lab.scheduler.permit(order("a", 1, 1))).isEqualTo(Permit.paused(1));
    }

    @Test
    void anOrderOfAPausedRolloutIsConfirmedWhenItArrives() {
        // given
        lab.opened("a");
        lab.said(paused(3, 1));

        // when
        lab.live(order("a", 1, 2));

        // then
        assertThat(lab.actions)
                .containsExactly(
                        new OrderAction.ConfirmPause(order("a", 1, 2), 3, SchedulerLab.NOTHING));
    }

    @Test
    void anOrderTakenOverFromAnotherAgentIsExecutedOnceEvenIfPaused() {
        // given: the other agent may not have heard of it, and be at work
        lab.opened("a");
        lab.live(order(db("a"), 1, new AgentId("eu-2"), order("a", 1, 1).plan(), 0, 1));
        lab.said(paused(1, 2));

        // when
        lab.live(order("a", 2, 3));

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("a", 2, 3)));
        assertThat(lab.scheduler.permit(order("a", 2, 3)))
                .isEqualTo(Permit.paused(1).inDoubt(true));
    }

    @Test
    void anOrderReadAgainAfterItWentToAnotherAgentIsNotTakenUp() {
        // given
        lab.opened("a");
        lab.live(order("a", 1, 1));
        lab.live(order(db("a"), 2, new AgentId("eu-2"), order("a", 1, 1).plan(), 0, 1));
        lab.actions.clear();

        // when
        lab.live(order("a", 1, 1));
        lab.take(lab.scheduler.ended(order("a", 1, 1), ExecutionEnd.SUPERSEDED, Optional.empty()));

        // then
        assertThat(lab.actions).isEmpty();
    }

    @Test
    void anOrderOfBeforeTheStartIsExecutedOnceEvenIfPaused() {
        // given
        lab.databases("a");
        lab.said(paused(1, 2));
        lab.old(order("a", 1, 1));

        // when
        lab.take(lab.scheduler.open());

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("a", 1, 1)));
        assertThat(lab.scheduler.permit(order("a", 1, 1)))
                .isEqualTo(Permit.paused(1).inDoubt(true));
        lab.actions.clear();
        lab.take(lab.endedAtPause(order("a", 1, 1), 1));
        assertThat(lab.actions).isEmpty();
    }

    @Test
    void anExecutionThatSawAnOldPauseConfirmsTheNewOne() {
        // given
        lab.opened("a");
        lab.live(order("a", 1, 1));
        lab.said(paused(1, 2));
        lab.said(resumed(3));
        lab.said(paused(2, 4));
        lab.actions.clear();

        // when
        lab.take(lab.endedAtPause(order("a", 1, 1), 1));

        // then
        assertThat(lab.actions)
                .containsExactly(
                        new OrderAction.ConfirmPause(order("a", 1, 1), 2, new Progress(1, 3)));
    }

    @Test
    void aResumeQueuesWhatThePauseHeld() {
        // given
        lab.opened("a", "b", "c");
        lab.live(order("a", 1, 1));
        lab.live(order("b", 1, 1));
        lab.live(order("c", 1, 1));
        lab.said(paused(1, 2));
        lab.take(lab.endedAtPause(order("a", 1, 1), 1));
        lab.actions.clear();

        // when
        lab.said(resumed(3));

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("a", 1, 1)));
        assertThat(lab.scheduler.waiting()).isEqualTo(1);
    }

    @Test
    void anAbortStopsWhatWaitsAtOnceAndWhatRunsAtItsNextStep() {
        // given
        lab.opened("a", "b", "c");
        lab.live(order("a", 1, 1));
        lab.live(order("b", 1, 1));
        lab.live(order("c", 1, 1));
        lab.actions.clear();

        // when
        lab.said(aborted(2));

        // then
        assertThat(lab.actions)
                .containsExactly(
                        new OrderAction.ConfirmStop(order("c", 1, 1), SchedulerLab.NOTHING));
        assertThat(lab.scheduler.permit(order("a", 1, 1))).isEqualTo(Permit.stopped());
        lab.said(resumed(3));
        assertThat(lab.actions).hasSize(1);
    }

    @Test
    void anOrderHeldByAPauseIsStoppedByAnAbort() {
        // given
        lab.opened("a");
        lab.said(paused(1, 1));
        lab.live(order("a", 1, 2));
        lab.actions.clear();

        // when
        lab.said(aborted(3));

        // then
        assertThat(lab.actions)
                .containsExactly(
                        new OrderAction.ConfirmStop(order("a", 1, 2), SchedulerLab.NOTHING));
    }

    @Test
    void aSkippedDatabaseIsStoppedAndItsRetryIsNot() {
        // given
        lab.opened("a");
        lab.said(paused(1, 1));
        lab.live(order("a", 1, 2));
        lab.said(skipped("a", 3));
        assertThat(lab.actions)
                .contains(new OrderAction.ConfirmStop(order("a", 1, 2), SchedulerLab.NOTHING));
        lab.said(resumed(4));
        lab.said(retried("a", 5));
        lab.actions.clear();

        // when
        lab.live(order("a", 2, 6));

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("a", 2, 6)));
    }

    @Test
    void aClosedRolloutIsNotExecutedAgainAfterAStart() {
        // given
        lab.databases("a");
        lab.old(order("a", 1, 1));
        lab.said(closed(2));

        // when
        lab.take(lab.scheduler.open());

        // then
        assertThat(lab.actions).isEmpty();
    }

    /** The order is of a leader whose clock was ahead of that of the one who closed. */
    @Test
    void aClosedRolloutIsNotExecutedAgainWhateverTheClockOfWhoClosedIt() {
        // given
        lab.databases("a");
        lab.old(order("a", 1, 5));
        lab.said(closed(2));

        // when
        lab.take(lab.scheduler.open());

        // then
        assertThat(lab.actions).isEmpty();
    }

    /** Its agent may have died after a step that the log has not been told of. */
    @Test
    void aDatabaseThatWasLeftOutIsAskedOnceAfterAStart() {
        // given
        lab.databases("a", "b");
        lab.old(order("a", 1, 1));
        lab.old(order("b", 1, 1));
        lab.said(skipped("a", 2));
        lab.said(closed(3));

        // when
        lab.take(lab.scheduler.open());

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("a", 1, 1)));
        assertThat(lab.scheduler.permit(order("a", 1, 1)))
                .isEqualTo(Permit.stopped().inDoubt(true));
    }

    @Test
    void aRetryOfAClosedRolloutExecutesTheNewOrderOnly() {
        // given
        lab.databases("a", "b");
        lab.old(order("a", 1, 1));
        lab.old(order("b", 1, 1));
        lab.said(closed(2));
        lab.said(retried("a", 3));
        lab.old(order("a", 2, 3));

        // when
        lab.take(lab.scheduler.open());

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("a", 2, 3)));
    }

    /** A close does not wait for a database that a person has left out while it was at work. */
    @Test
    void anOrderOfBeforeTheCloseIsAnsweredOnceItsDatabaseIsWantedAgain() {
        // given
        lab.databases("a", "b");
        lab.old(order("a", 1, 1));
        lab.old(order("b", 1, 1));
        lab.said(closed(2));
        lab.said(retried("a", 3));

        // when
        lab.take(lab.scheduler.open());

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("a", 1, 1)));
        assertThat(lab.scheduler.permit(order("a", 1, 1)))
                .isEqualTo(Permit.stopped().inDoubt(true));
    }

    @Test
    void anOrderThatGotAheadOfItsRetryBeginsWithIt() {
        // given
        lab.opened("a");
        lab.said(closed(2));
        lab.live(order("a", 2, 3));

        // when
        lab.said(retried("a", 3));

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("a", 2, 3)));
    }

    @Test
    void aClockThatWentBackBetweenLeadersHoldsNothingUp() {
        // given
        lab.opened("a");
        lab.said(closed(10));
        lab.said(retried("a", 3));

        // when
        lab.live(order("a", 2, 4));

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("a", 2, 4)));
    }

    @Test
    void aDuplicateDecisionChangesNothing() {
        // given
        lab.opened("a");
        lab.said(paused(1, 1));
        lab.said(resumed(2));

        // when
        lab.take(lab.scheduler.rollout(1, paused(1, 1)));

        // then
        lab.live(order("a", 1, 3));
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("a", 1, 3)));
    }

    @Test
    void aMissingDecisionIsAFault() {
        assertThatThrownBy(() -> lab.scheduler.rollout(2, waveStarted()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("event 2 of rollout r-1 follows event 0; those between are missing");
    }

    @Test
    void aClosedSchedulerBeginsNothingAndEndsExecutionsSilently() {
        // given
        lab.opened("a", "b", "c");
        lab.live(order("a", 1, 1));
        lab.live(order("b", 1, 1));
        lab.live(order("c", 1, 1));
        lab.actions.clear();

        // when
        lab.scheduler.close();

        // then
        assertThat(lab.scheduler.permit(order("a", 1, 1))).isEqualTo(Permit.superseded());
        lab.take(lab.scheduler.ended(order("a", 1, 1), ExecutionEnd.SUPERSEDED, Optional.empty()));
        assertThat(lab.actions).isEmpty();
    }

    @Test
    void anOrderWithoutItsPlanFreesItsSlotAndKeepsItsTurn() {
        // given
        lab.opened("a");
        lab.live(order("a", 1, 1));
        lab.actions.clear();

        // when
        lab.take(lab.scheduler.notBegun(order("a", 1, 1)));

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("a", 1, 1)));
    }
}
