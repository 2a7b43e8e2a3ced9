package dev.skein.agent.order;

import static dev.skein.agent.order.Facts.AGENT;
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

import dev.skein.agent.step.Permit;
import dev.skein.agent.step.WalkEnd;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OrderBoardTest {
    private static final Progress NOTHING = new Progress(0, 0);

    private final OrderBoard board = new OrderBoard(AGENT, Map.of("pg-1", 2, "pg-2", 1));
    private final List<Action> actions = new ArrayList<>();
    private long sequence;

    @Test
    void nothingBeginsBeforeTheLogIsKnown() {
        // given
        databases("a");

        // when
        old(order("a", 1, 1));

        // then
        assertThat(actions).isEmpty();
        take(board.open());
        assertThat(actions).containsExactly(new Action.Begin(order("a", 1, 1)));
    }

    @Test
    void theLastOrderOfBeforeTheStartIsTheOneThatBegins() {
        // given
        databases("a");
        old(order("a", 1, 1));
        old(order("a", 2, 2));
        old(order("a", 2, 2));

        // when
        take(board.open());

        // then
        assertThat(actions).containsExactly(new Action.Begin(order("a", 2, 2)));
    }

    @Test
    void ordersOfBeforeTheStartBeginOldestFirst() {
        // given
        databases("a", "b", "c");
        old(order("a", 1, 3));
        old(order("b", 1, 2));
        old(order("c", 1, 1));

        // when
        take(board.open());

        // then
        assertThat(actions)
                .containsExactly(
                        new Action.Begin(order("c", 1, 1)), new Action.Begin(order("b", 1, 2)));
    }

    @Test
    void aServerNeverHasMoreInFlightThanItsLimit() {
        // given
        opened("a", "b", "c", "d");
        live(order("a", 1, 1));
        live(order("b", 1, 2));
        live(order("c", 1, 3));
        live(order("d", 1, 4));
        assertThat(board.inFlight()).isEqualTo(2);
        assertThat(board.waiting()).isEqualTo(2);
        actions.clear();

        // when
        take(board.ended(order("b", 1, 2), WalkEnd.FINISHED, Optional.empty()));

        // then
        assertThat(actions).containsExactly(new Action.Begin(order("c", 1, 3)));
        assertThat(board.inFlight()).isEqualTo(2);
    }

    @Test
    void twoSchemasOfOneDatabaseMayBeWalkedAtOnce() {
        // given
        opened("shared/t_1", "shared/t_2");

        // when
        live(order("shared/t_1", 1, 1));
        live(order("shared/t_2", 1, 1));

        // then
        assertThat(board.inFlight()).isEqualTo(2);
    }

    @Test
    void anOrderForAnotherAgentIsLeftAlone() {
        // given
        opened("a");

        // when
        live(order(db("a"), 1, new AgentId("eu-2"), order("a", 1, 1).plan(), 0, 1));

        // then
        assertThat(actions).isEmpty();
    }

    @Test
    void anOrderForAnotherAgentSupersedesOneOfThisAgent() {
        // given
        opened("a");
        live(order("a", 1, 1));

        // when
        live(order(db("a"), 2, new AgentId("eu-2"), order("a", 1, 1).plan(), 0, 1));

        // then
        assertThat(board.permit(order("a", 1, 1))).isEqualTo(Permit.superseded());
    }

    @Test
    void anOrderWaitsUntilItsDatabaseIsThere() {
        // given
        opened("a");
        live(order("b", 1, 1));
        assertThat(actions).isEmpty();

        // when
        databases("a", "b");

        // then
        assertThat(actions).containsExactly(new Action.Begin(order("b", 1, 1)));
    }

    @Test
    void aDatabaseThatWentAwayGivesUpItsPlaceInTheQueue() {
        // given
        opened("a", "b", "c");
        live(order("a", 1, 1));
        live(order("b", 1, 1));
        live(order("c", 1, 1));

        // when
        databases("a", "b");

        // then
        assertThat(board.waiting()).isZero();
    }

    @Test
    void aNewerOrderWaitsForTheWalkOfTheOlderOne() {
        // given
        opened("a");
        live(order("a", 1, 1));
        actions.clear();

        // when
        live(order("a", 2, 2));

        // then
        assertThat(actions).isEmpty();
        assertThat(board.permit(order("a", 1, 1))).isEqualTo(Permit.superseded());
        take(board.ended(order("a", 1, 1), WalkEnd.SUPERSEDED, Optional.empty()));
        assertThat(actions).containsExactly(new Action.Begin(order("a", 2, 2)));
    }

    @Test
    void anOrderThatTheLedgerRefusesIsNotWalkedAgain() {
        // given
        opened("a");
        live(order("a", 1, 1));
        actions.clear();

        // when
        take(board.ended(order("a", 1, 1), WalkEnd.SUPERSEDED, Optional.empty()));

        // then
        assertThat(actions).isEmpty();
    }

    @Test
    void anOrderThatWaitsConfirmsAPauseAtOnce() {
        // given
        opened("a", "b", "c");
        live(order("a", 1, 1));
        live(order("b", 1, 1));
        live(order("c", 1, 1));
        actions.clear();

        // when
        said(paused(1, 2));

        // then
        assertThat(actions).containsExactly(new Action.ConfirmPause(order("c", 1, 1), 1, NOTHING));
        assertThat(board.permit(order("a", 1, 1))).isEqualTo(Permit.paused(1));
    }

    @Test
    void anOrderOfAPausedRolloutIsConfirmedWhenItArrives() {
        // given
        opened("a");
        said(paused(3, 1));

        // when
        live(order("a", 1, 2));

        // then
        assertThat(actions).containsExactly(new Action.ConfirmPause(order("a", 1, 2), 3, NOTHING));
    }

    @Test
    void anOrderTakenOverFromAnotherAgentIsWalkedOnceEvenIfPaused() {
        // given: the other agent may not have heard of it, and be at work
        opened("a");
        live(order(db("a"), 1, new AgentId("eu-2"), order("a", 1, 1).plan(), 0, 1));
        said(paused(1, 2));

        // when
        live(order("a", 2, 3));

        // then
        assertThat(actions).containsExactly(new Action.Begin(order("a", 2, 3)));
        assertThat(board.permit(order("a", 2, 3))).isEqualTo(Permit.paused(1).inDoubt(true));
    }

    @Test
    void anOrderReadAgainAfterItWentToAnotherAgentIsNotTakenUp() {
        // given
        opened("a");
        live(order("a", 1, 1));
        live(order(db("a"), 2, new AgentId("eu-2"), order("a", 1, 1).plan(), 0, 1));
        actions.clear();

        // when
        live(order("a", 1, 1));
        take(board.ended(order("a", 1, 1), WalkEnd.SUPERSEDED, Optional.empty()));

        // then
        assertThat(actions).isEmpty();
    }

    @Test
    void anOrderOfBeforeTheStartIsWalkedOnceEvenIfPaused() {
        // given
        databases("a");
        said(paused(1, 2));
        old(order("a", 1, 1));

        // when
        take(board.open());

        // then
        assertThat(actions).containsExactly(new Action.Begin(order("a", 1, 1)));
        assertThat(board.permit(order("a", 1, 1))).isEqualTo(Permit.paused(1).inDoubt(true));
        actions.clear();
        take(endedAtPause(order("a", 1, 1), 1));
        assertThat(actions).isEmpty();
    }

    @Test
    void aWalkThatSawAnOldPauseConfirmsTheNewOne() {
        // given
        opened("a");
        live(order("a", 1, 1));
        said(paused(1, 2));
        said(resumed(3));
        said(paused(2, 4));
        actions.clear();

        // when
        take(endedAtPause(order("a", 1, 1), 1));

        // then
        assertThat(actions)
                .containsExactly(new Action.ConfirmPause(order("a", 1, 1), 2, new Progress(1, 3)));
    }

    @Test
    void aResumeQueuesWhatThePauseHeld() {
        // given
        opened("a", "b", "c");
        live(order("a", 1, 1));
        live(order("b", 1, 1));
        live(order("c", 1, 1));
        said(paused(1, 2));
        take(endedAtPause(order("a", 1, 1), 1));
        actions.clear();

        // when
        said(resumed(3));

        // then
        assertThat(actions).containsExactly(new Action.Begin(order("a", 1, 1)));
        assertThat(board.waiting()).isEqualTo(1);
    }

    @Test
    void anAbortStopsWhatWaitsAtOnceAndWhatRunsAtItsNextStep() {
        // given
        opened("a", "b", "c");
        live(order("a", 1, 1));
        live(order("b", 1, 1));
        live(order("c", 1, 1));
        actions.clear();

        // when
        said(aborted(2));

        // then
        assertThat(actions).containsExactly(new Action.ConfirmStop(order("c", 1, 1), NOTHING));
        assertThat(board.permit(order("a", 1, 1))).isEqualTo(Permit.stopped());
        said(resumed(3));
        assertThat(actions).hasSize(1);
    }

    @Test
    void anOrderHeldByAPauseIsStoppedByAnAbort() {
        // given
        opened("a");
        said(paused(1, 1));
        live(order("a", 1, 2));
        actions.clear();

        // when
        said(aborted(3));

        // then
        assertThat(actions).containsExactly(new Action.ConfirmStop(order("a", 1, 2), NOTHING));
    }

    @Test
    void aSkippedDatabaseIsStoppedAndItsRetryIsNot() {
        // given
        opened("a");
        said(paused(1, 1));
        live(order("a", 1, 2));
        said(skipped("a", 3));
        assertThat(actions).contains(new Action.ConfirmStop(order("a", 1, 2), NOTHING));
        said(resumed(4));
        said(retried("a", 5));
        actions.clear();

        // when
        live(order("a", 2, 6));

        // then
        assertThat(actions).containsExactly(new Action.Begin(order("a", 2, 6)));
    }

    @Test
    void aClosedRolloutIsNotWalkedAgainAfterAStart() {
        // given
        databases("a");
        old(order("a", 1, 1));
        said(closed(2));

        // when
        take(board.open());

        // then
        assertThat(actions).isEmpty();
    }

    @Test
    void aRetryOfAClosedRolloutWalksTheNewOrderOnly() {
        // given
        databases("a", "b");
        old(order("a", 1, 1));
        old(order("b", 1, 1));
        said(closed(2));
        said(retried("a", 3));
        old(order("a", 2, 3));

        // when
        take(board.open());

        // then
        assertThat(actions).containsExactly(new Action.Begin(order("a", 2, 3)));
    }

    @Test
    void anOrderThatGotAheadOfItsRetryBeginsWithIt() {
        // given
        opened("a");
        said(closed(2));
        live(order("a", 2, 3));

        // when
        said(retried("a", 3));

        // then
        assertThat(actions).containsExactly(new Action.Begin(order("a", 2, 3)));
    }

    @Test
    void aClockThatWentBackBetweenLeadersHoldsNothingUp() {
        // given
        opened("a");
        said(closed(10));
        said(retried("a", 3));

        // when
        live(order("a", 2, 4));

        // then
        assertThat(actions).containsExactly(new Action.Begin(order("a", 2, 4)));
    }

    @Test
    void aDuplicateDecisionChangesNothing() {
        // given
        opened("a");
        said(paused(1, 1));
        said(resumed(2));

        // when
        take(board.rollout(1, paused(1, 1)));

        // then
        live(order("a", 1, 3));
        assertThat(actions).containsExactly(new Action.Begin(order("a", 1, 3)));
    }

    @Test
    void aMissingDecisionIsAFault() {
        assertThatThrownBy(() -> board.rollout(2, waveStarted()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("event 2 of rollout r-1 follows event 0; those between are missing");
    }

    @Test
    void aClosedBoardBeginsNothingAndEndsWalksWithoutAWord() {
        // given
        opened("a", "b", "c");
        live(order("a", 1, 1));
        live(order("b", 1, 1));
        live(order("c", 1, 1));
        actions.clear();

        // when
        board.close();

        // then
        assertThat(board.permit(order("a", 1, 1))).isEqualTo(Permit.superseded());
        take(board.ended(order("a", 1, 1), WalkEnd.SUPERSEDED, Optional.empty()));
        assertThat(actions).isEmpty();
    }

    @Test
    void anOrderWithoutItsPlanGivesItsPlaceBackAndKeepsItsTurn() {
        // given
        opened("a");
        live(order("a", 1, 1));
        actions.clear();

        // when
        take(board.notBegun(order("a", 1, 1)));

        // then
        assertThat(actions).containsExactly(new Action.Begin(order("a", 1, 1)));
    }

    private void opened(String... names) {
        databases(names);
        take(board.open());
    }

    private void databases(String... names) {
        Set<DatabaseId> found = new TreeSet<>();
        for (String name : names) {
            found.add(db(name));
        }
        take(board.databases(found));
    }

    private void live(OrderIssued order) {
        take(board.order(order, true));
    }

    private void old(OrderIssued order) {
        take(board.order(order, false));
    }

    private void said(RolloutEvent event) {
        take(board.rollout(++sequence, event));
    }

    private List<Action> endedAtPause(OrderIssued order, int pause) {
        OrderPaused report =
                new OrderPaused(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        pause,
                        new Progress(1, 3),
                        order.at());
        return board.ended(order, WalkEnd.PAUSED, Optional.of(report));
    }

    private void take(List<Action> next) {
        actions.addAll(next);
    }
}
