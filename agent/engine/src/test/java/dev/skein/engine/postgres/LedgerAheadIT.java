package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.plan.Plan;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an agent does with orders of a log that was restored and knows less than the ledger. */
final class LedgerAheadIT {
    private static final Plan ONE = Plans.sql(Plans.oneWay("1", "create table a (id int)"));
    private static final Plan TWO =
            Plans.sql(
                    Plans.oneWay("1", "create table a (id int)"),
                    Plans.oneWay("2", "create table b (id int)"));

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<Long> counted() {
        return fixture.reports.stream().map(Envelope::sequence).filter(it -> it > 0).toList();
    }

    private List<String> said() {
        return fixture.events(StepEvent.class).stream()
                .map(it -> it.getClass().getSimpleName() + " " + it.rollout() + " " + it.epoch())
                .toList();
    }

    @Test
    void whatTheRestoredLogLacksIsSentAgainBeforeTheOrderFails() {
        // given: two rollouts of which the log knows nothing any more
        fixture.rollout("r-1").apply(ONE);
        fixture.rollout("r-2").apply(TWO);
        List<Envelope> lost = List.copyOf(fixture.reports);
        fixture.forget();
        OrderIssued first = fixture.rollout("r-3").order(OrderKind.APPLY, 1);
        // when
        ExecutionEnd end = fixture.execute(first, TWO);
        // then
        assertThat(end).isEqualTo(ExecutionEnd.SUPERSEDED);
        assertThat(fixture.reports).startsWith(lost.toArray(Envelope[]::new));
        assertThat(said().subList(lost.size(), said().size()))
                .containsExactly("DatabaseFailed r-3 1");
        DatabaseFailed failed = fixture.events(DatabaseFailed.class).get(0);
        assertThat(failed.ledgerEpoch()).hasValue(2);
        assertThat(failed.failure().message())
                .contains("order 1 of rollout r-3")
                .contains("the ledger holds epoch 2, of rollout r-2");
    }

    @Test
    void orderOfTheLedgersEpochAndAnotherRolloutIsNotTakenForTheOldOne() {
        // given
        fixture.rollout("r-1").apply(ONE);
        fixture.forget();
        OrderIssued same = fixture.rollout("r-2").order(OrderKind.APPLY, 1);
        // when
        fixture.execute(same, TWO);
        // then
        assertThat(said()).last().isEqualTo("DatabaseFailed r-2 1");
        assertThat(fixture.exists("b")).isFalse();
    }

    @Test
    void orderAboveTheLedgersEpochIsCarriedOutAndCountedWithoutAGap() {
        // given
        fixture.rollout("r-1").apply(ONE);
        fixture.forget();
        OrderIssued above = fixture.rollout("r-2").order(OrderKind.APPLY, 2);
        // when
        fixture.execute(above, TWO);
        // then
        assertThat(fixture.exists("b")).isTrue();
        assertThat(counted())
                .isEqualTo(LongStream.rangeClosed(1, counted().size()).boxed().toList());
        assertThat(said()).last().isEqualTo("DatabaseApplied r-2 2");
    }

    @Test
    void endThatTheLogHasLostIsToldAgain() {
        // given: the log keeps the order and lacks what was reported of it
        OrderIssued order = fixture.nextOrder(OrderKind.APPLY);
        fixture.execute(order, ONE);
        fixture.reports.clear();
        // when
        ExecutionEnd end = fixture.execute(order, ONE);
        // then
        assertThat(end).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
        assertThat(fixture.value("select count(*) from skein.ledger where kind = 'ended'"))
                .isEqualTo("1");
    }

    @Test
    void whatTheOrchestratorHasSeenIsNotSentAgain() {
        // given
        fixture.rollout("r-1").apply(ONE);
        OrderIssued older = fixture.rollout("r-2").order(OrderKind.APPLY, 1);
        fixture.reports.clear();
        // when
        fixture.execute(older, TWO);
        // then
        assertThat(said()).containsExactly("DatabaseFailed r-2 1");
    }

    @Test
    void ordersToAdoptFailAsWell() {
        // given
        fixture.rollout("r-1").apply(ONE);
        OrderIssued older = fixture.rollout("r-2").order(OrderKind.ADOPT, 1);
        fixture.reports.clear();
        // when
        ExecutionEnd end = fixture.execute(older, ONE);
        // then
        assertThat(end).isEqualTo(ExecutionEnd.SUPERSEDED);
        assertThat(said()).containsExactly("DatabaseFailed r-2 1");
    }

    @Test
    void nothingIsSaidOfAnOrderThatANewerOneHasReplaced() {
        // given
        fixture.rollout("r-1").apply(ONE);
        fixture.rollout("r-2").apply(ONE);
        OrderIssued older = fixture.rollout("r-1").order(OrderKind.APPLY, 1);
        OrderIssued adopting = fixture.order(OrderKind.ADOPT, 1);
        fixture.reports.clear();
        // when
        ExecutionFixture.await(fixture.begin(older, ONE, Permit::superseded));
        ExecutionFixture.await(fixture.begin(adopting, ONE, Permit::superseded));
        // then
        assertThat(fixture.reports).isEmpty();
    }
}
