package dev.skein.agent.order;

import static dev.skein.agent.order.Facts.db;
import static dev.skein.agent.order.Facts.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which orders begin, on which server, and when. */
class OrderSchedulerTest {
    private final SchedulerLab lab = new SchedulerLab();

    @Test
    void nothingBeginsBeforeTheLogIsKnown() {
        // given
        lab.databases("a");

        // when
        lab.old(order("a", 1, 1));

        // then
        assertThat(lab.actions).isEmpty();
        lab.take(lab.scheduler.open());
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("a", 1, 1)));
    }

    @Test
    void theLastOrderOfBeforeTheStartIsTheOneThatBegins() {
        // given
        lab.databases("a");
        lab.old(order("a", 1, 1));
        lab.old(order("a", 2, 2));
        lab.old(order("a", 2, 2));

        // when
        lab.take(lab.scheduler.open());

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("a", 2, 2)));
    }

    @Test
    void ordersOfBeforeTheStartBeginOldestFirst() {
        // given
        lab.databases("a", "b", "c");
        lab.old(order("a", 1, 3));
        lab.old(order("b", 1, 2));
        lab.old(order("c", 1, 1));

        // when
        lab.take(lab.scheduler.open());

        // then
        assertThat(lab.actions)
                .containsExactly(
                        new OrderAction.Execute(order("c", 1, 1)),
                        new OrderAction.Execute(order("b", 1, 2)));
    }

    @Test
    void aServerNeverHasMoreInFlightThanItsLimit() {
        // given
        lab.opened("a", "b", "c", "d");
        lab.live(order("a", 1, 1));
        lab.live(order("b", 1, 2));
        lab.live(order("c", 1, 3));
        lab.live(order("d", 1, 4));
        assertThat(lab.scheduler.inFlight()).isEqualTo(2);
        assertThat(lab.scheduler.waiting()).isEqualTo(2);
        lab.actions.clear();

        // when
        lab.take(lab.scheduler.ended(order("b", 1, 2), ExecutionEnd.FINISHED, Optional.empty()));

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("c", 1, 3)));
        assertThat(lab.scheduler.inFlight()).isEqualTo(2);
    }

    @Test
    void twoSchemasOfOneDatabaseMayBeExecutedAtOnce() {
        // given
        lab.opened("shared/t_1", "shared/t_2");

        // when
        lab.live(order("shared/t_1", 1, 1));
        lab.live(order("shared/t_2", 1, 1));

        // then
        assertThat(lab.scheduler.inFlight()).isEqualTo(2);
    }

    @Test
    void anOrderForAnotherAgentIsLeftAlone() {
        // given
        lab.opened("a");

        // when
        lab.live(order(db("a"), 1, new AgentId("eu-2"), order("a", 1, 1).plan(), 0, 1));

        // then
        assertThat(lab.actions).isEmpty();
    }

    @Test
    void anOrderForAnotherAgentSupersedesOneOfThisAgent() {
        // given
        lab.opened("a");
        lab.live(order("a", 1, 1));

        // when
        lab.live(order(db("a"), 2, new AgentId("eu-2"), order("a", 1, 1).plan(), 0, 1));

        // then
        assertThat(lab.scheduler.permit(order("a", 1, 1))).isEqualTo(Permit.superseded());
    }

    @Test
    void anOrderWaitsUntilItsDatabaseIsThere() {
        // given
        lab.opened("a");
        lab.live(order("b", 1, 1));
        assertThat(lab.actions).isEmpty();

        // when
        lab.databases("a", "b");

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("b", 1, 1)));
    }

    @Test
    void aDatabaseThatWentAwayLeavesTheQueue() {
        // given
        lab.opened("a", "b", "c");
        lab.live(order("a", 1, 1));
        lab.live(order("b", 1, 1));
        lab.live(order("c", 1, 1));

        // when
        lab.databases("a", "b");

        // then
        assertThat(lab.scheduler.waiting()).isZero();
    }

    @Test
    void aNewerOrderWaitsForTheExecutionOfTheOlderOne() {
        // given
        lab.opened("a");
        lab.live(order("a", 1, 1));
        lab.actions.clear();

        // when
        lab.live(order("a", 2, 2));

        // then
        assertThat(lab.actions).isEmpty();
        assertThat(lab.scheduler.permit(order("a", 1, 1))).isEqualTo(Permit.superseded());
        lab.take(lab.scheduler.ended(order("a", 1, 1), ExecutionEnd.SUPERSEDED, Optional.empty()));
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("a", 2, 2)));
    }

    @Test
    void anOrderThatTheLedgerRefusesIsNotExecutedAgain() {
        // given
        lab.opened("a");
        lab.live(order("a", 1, 1));
        lab.actions.clear();

        // when
        lab.take(lab.scheduler.ended(order("a", 1, 1), ExecutionEnd.SUPERSEDED, Optional.empty()));

        // then
        assertThat(lab.actions).isEmpty();
    }

    @Test
    void anOrderForADatabaseThatIsNotThereIsAnsweredOnce() {
        // given
        lab.allDatabases("a");
        lab.take(lab.scheduler.open());

        // when
        lab.live(order("b", 1, 1));

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.ReportAbsent(order("b", 1, 1)));
        lab.actions.clear();
        lab.allDatabases("a", "b");
        assertThat(lab.actions).isEmpty();
    }

    @Test
    void anOrderForADatabaseThatHasJustBeenAnnouncedWaitsUntilItIsKnown() {
        // given
        lab.allDatabases("a");
        lab.take(lab.scheduler.open());
        lab.scheduler.announced(Set.of(db("a"), db("b")));

        // when
        lab.live(order("b", 1, 1));

        // then
        assertThat(lab.actions).isEmpty();
        lab.allDatabases("a", "b");
        assertThat(lab.actions).containsExactly(new OrderAction.Execute(order("b", 1, 1)));
    }

    @Test
    void anOrderOfBeforeTheStartForADatabaseThatIsGoneIsAnswered() {
        // given
        lab.allDatabases("a");
        lab.old(order("b", 1, 1));

        // when
        lab.take(lab.scheduler.open());

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.ReportAbsent(order("b", 1, 1)));
    }

    @Test
    void aDatabaseThatIsDroppedWhileItWaitsIsAnswered() {
        // given
        lab.allDatabases("a", "b", "c");
        lab.take(lab.scheduler.open());
        lab.live(order("a", 1, 1));
        lab.live(order("b", 1, 1));
        lab.live(order("c", 1, 1));
        lab.actions.clear();

        // when
        lab.allDatabases("a", "b");

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.ReportAbsent(order("c", 1, 1)));
        assertThat(lab.scheduler.waiting()).isZero();
    }

    /** Its agent was started anew with a configuration that has other servers. */
    @Test
    void anOrderForAServerThatTheAgentNoLongerHasIsAnswered() {
        // given
        PlanId plan = new PlanId("a".repeat(64));
        OrderIssued elsewhere = order(DatabaseId.parse("pg-9/a"), 1, Facts.AGENT, plan, 0, 1);
        lab.allDatabases("a");
        lab.old(elsewhere);

        // when
        lab.take(lab.scheduler.open());

        // then
        assertThat(lab.actions).containsExactly(new OrderAction.ReportAbsent(elsewhere));
    }
}
