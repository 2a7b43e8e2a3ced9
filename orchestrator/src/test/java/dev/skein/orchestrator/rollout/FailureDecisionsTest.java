package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Asked.back;
import static dev.skein.orchestrator.rollout.Asked.due;
import static dev.skein.orchestrator.rollout.Asked.everyone;
import static dev.skein.orchestrator.rollout.Asked.rejected;
import static dev.skein.orchestrator.rollout.Asked.resume;
import static dev.skein.orchestrator.rollout.Asked.retry;
import static dev.skein.orchestrator.rollout.Lab.PERSON;
import static dev.skein.orchestrator.rollout.Lab.ROLLOUT;
import static dev.skein.orchestrator.rollout.Lab.db;
import static dev.skein.orchestrator.rollout.Lab.events;
import static dev.skein.orchestrator.rollout.Reports.reports;
import static dev.skein.orchestrator.rollout.Strategies.strategy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabasesJoined;
import dev.skein.protocol.event.DatabasesRetried;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.PauseCause;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.event.RolloutOutcome;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.event.RolloutResumed;
import dev.skein.protocol.event.WaveOverdue;
import dev.skein.protocol.event.WaveSettled;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.strategy.LatePolicy;
import dev.skein.protocol.strategy.OnFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What commands lead to once something failed, waits or is taken back. */
class FailureDecisionsTest {
    @Test
    void failureBeyondTheBudgetPausesWithNumbers() {
        // given
        Lab lab = Lab.fleet(3).open(everyone());
        lab.advance();
        reports(lab).failed(db(2));
        // when
        Accepted accepted = lab.run(due(lab));
        // then
        String reason = "wave all: 1 of 3 databases failed, 0 allowed";
        assertThat(events(accepted))
                .containsExactly(
                        new RolloutPaused(
                                ROLLOUT,
                                1,
                                PauseCause.FAILURE_BUDGET,
                                reason,
                                "strategy",
                                lab.now()));
    }

    @Test
    void resumeIsRefusedWhileTheBudgetIsExceeded() {
        Lab lab = failing(OnFailure.PAUSE);
        rejected(lab.decide(resume(lab)), RejectionCode.BUDGET_EXCEEDED, "retry or skip");
    }

    @Test
    void skippingWhatFailedLetsTheRolloutGoOn() {
        // given
        Lab lab = failing(OnFailure.PAUSE);
        lab.run(new Command.Skip(ROLLOUT, List.of(db(2)), "gone", PERSON, lab.now()));
        // when
        Accepted accepted = lab.run(resume(lab));
        // then
        assertThat(events(accepted))
                .containsExactly(new RolloutResumed(ROLLOUT, PERSON, lab.now()));
    }

    @Test
    void retryOfWhatFailedResumesARolloutThatFailuresPaused() {
        // given
        Lab lab = failing(OnFailure.PAUSE);
        // when
        Accepted accepted = lab.run(retry(lab));
        // then
        assertThat(events(accepted))
                .containsExactly(
                        new DatabasesRetried(
                                ROLLOUT, List.of(db(2)), Optional.empty(), PERSON, lab.now()),
                        new RolloutResumed(ROLLOUT, PERSON, lab.now()));
        assertThat(lab.advance())
                .singleElement()
                .satisfies(order -> assertThat(order.goal()).isEqualTo(2))
                .satisfies(order -> assertThat(order.epoch()).isEqualTo(2));
    }

    @Test
    void retryOfSomeLeavesTheRolloutPausedForTheOthers() {
        // given
        Lab lab = Lab.fleet(3).open(everyone());
        lab.advance();
        reports(lab).failed(db(1), db(2));
        lab.advance();
        // when
        Accepted accepted = lab.run(retry(lab, db(1)));
        // then
        assertThat(events(accepted)).hasSize(1);
        assertThat(accepted.reply().message()).contains("stays paused: wave all: 1 of 3");
    }

    @Test
    void rollbackWavePolicyTakesBackWhatWasOrdered() {
        // given
        Lab lab = failing(OnFailure.ROLLBACK_WAVE);
        // then
        assertThat(lab.rollout().rollback().map(RollbackRequested::scope))
                .contains(RollbackScope.WAVE);
        List<OrderIssued> orders = ordersOf(lab);
        assertThat(orders).extracting(OrderIssued::kind).containsOnly(OrderKind.ROLLBACK);
        // when
        orders.forEach(order -> reports(lab).rolledBack(order.database()));
        Accepted accepted = lab.run(due(lab));
        // then
        assertThat(events(accepted)).singleElement().isInstanceOf(RolloutPaused.class);
        assertThat(lab.rollout().pause().map(RolloutPaused::cause)).contains(PauseCause.ROLLBACK);
    }

    @Test
    void rollbackRolloutPolicyClosesTheRolloutOnceAllIsTakenBack() {
        // given
        Lab lab = failing(OnFailure.ROLLBACK_ROLLOUT);
        ordersOf(lab).forEach(order -> reports(lab).rolledBack(order.database()));
        // when
        Accepted accepted = lab.run(due(lab));
        // then
        assertThat(events(accepted))
                .containsExactly(
                        new RolloutClosed(ROLLOUT, RolloutOutcome.ROLLED_BACK, 0, 0, 3, lab.now()));
    }

    @Test
    void continuePolicyNotesFailuresAndGoesOn() {
        Lab lab = failing(OnFailure.CONTINUE);
        reports(lab).applied(db(1), db(3));
        assertThat(events(lab.run(due(lab))))
                .startsWith(new WaveSettled(ROLLOUT, 0, 2, 1, 0, lab.now()));
    }

    /** Three databases ordered at once; the second has failed, and that was acted upon. */
    private static Lab failing(OnFailure policy) {
        Lab lab = Lab.fleet(3).open(strategy().onFailure(policy).percent("all", 100).build());
        lab.advance();
        reports(lab).failed(db(2));
        lab.advance();
        return lab;
    }

    /** The last orders of all databases. */
    private static List<OrderIssued> ordersOf(Lab lab) {
        List<OrderIssued> orders =
                lab.log().records().stream()
                        .map(each -> each.envelope().event())
                        .filter(OrderIssued.class::isInstance)
                        .map(OrderIssued.class::cast)
                        .toList();
        return orders.subList(orders.size() - 3, orders.size());
    }

    @Test
    void overdueDatabasesCountAsFailedUntilSomebodyGrantsMoreTime() {
        // given
        Duration hour = Duration.ofHours(1);
        Lab lab = Lab.fleet(2).open(strategy().deadline(hour).percent("all", 100).build());
        lab.advance();
        lab.after(hour);
        // when
        Accepted accepted = lab.run(due(lab));
        // then
        assertThat(events(accepted).get(0)).isEqualTo(new WaveOverdue(ROLLOUT, 0, 2, lab.now()));
        assertThat(lab.status().phase()).isEqualTo(RolloutPhase.PAUSED);
        lab.run(resume(lab));
        assertThat(events(lab.run(due(lab)))).isEmpty();
    }

    @Test
    void databasesOfASilentAgentWait() {
        Lab lab = Lab.fleet(2).open(everyone()).silence(Duration.ofMinutes(5));
        assertThat(lab.advance()).isEmpty();
        assertThat(lab.status(db(1)).reason()).isEqualTo("agent eu-1 silent for 5 min");
        assertThat(lab.heartbeat().advance()).hasSize(2);
    }

    @Test
    void orderOfADeadAgentGoesToTheOneThatHasTheDatabaseNow() {
        // given
        Lab lab = Lab.fleet(1).open(everyone());
        lab.advance();
        AgentId heir = new AgentId("eu-2");
        lab.silence(Duration.ofMinutes(5));
        lab.announce(List.of(), id -> new TreeMap<>());
        lab.silence(Duration.ofMinutes(5));
        lab.agentStarts(heir, "run-9");
        lab.announce(heir, List.of(db(1)), id -> new TreeMap<>());
        // when
        List<OrderIssued> orders = lab.advance();
        // then
        OrderIssued order = orders.get(0);
        assertThat(order.agent()).isEqualTo(heir);
        assertThat(order.epoch()).isEqualTo(2);
        assertThat(order.goal()).isEqualTo(1);
    }

    @Test
    void lateDatabasesJoinTheLastWaveWhereTheStrategyWantsIt() {
        // given
        Lab lab = Lab.fleet(2);
        lab.open(strategy().late(LatePolicy.JOIN_LAST_WAVE).percent("all", 100).build());
        lab.advance();
        lab.announce(List.of(db(1), db(2), db(3)), id -> new TreeMap<>());
        // when
        Accepted accepted = lab.run(due(lab));
        // then
        assertThat(events(accepted).get(0))
                .isEqualTo(new DatabasesJoined(ROLLOUT, 0, List.of(db(3)), lab.now()));
    }

    @Test
    void lateDatabasesAreListedOtherwise() {
        Lab lab = Lab.fleet(2).open(everyone());
        lab.announce(List.of(db(1), db(2), db(3)), id -> new TreeMap<>());
        assertThat(lab.status().late()).containsExactly(db(3));
        assertThat(lab.advance()).hasSize(2);
    }

    @Test
    void rollbackGoesWaveByWaveAndLastOrderedFirst() {
        // given
        Lab lab = Lab.fleet(4).open(strategy().count("a", 2).percent("b", 100).build());
        List<OrderIssued> first = lab.advance();
        first.forEach(order -> reports(lab).applied(order.database()));
        List<OrderIssued> second = lab.after(Duration.ofMinutes(1)).advance();
        second.forEach(order -> reports(lab).accepted(order.database()));
        // when
        lab.run(back(lab, RollbackScope.ALL));
        List<OrderIssued> back = lab.advance();
        back.forEach(order -> reports(lab).rolledBack(order.database()));
        List<OrderIssued> rest = lab.advance();
        // then
        assertThat(back).extracting(OrderIssued::wave).containsExactly(1, 1);
        assertThat(rest).extracting(OrderIssued::wave).containsExactly(0, 0);
    }

    @Test
    void whatWasNeverOrderedIsLeftOutByARollback() {
        Lab lab = Lab.fleet(2).open(everyone());
        lab.run(back(lab, RollbackScope.ALL));
        assertThat(lab.status(db(1)).state()).isEqualTo(TargetState.SKIPPED);
        assertThat(lab.status(db(1)).reason()).isEqualTo("rolled back before it started");
        lab.advance();
        assertThat(lab.status().phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
    }

    @Test
    void databaseWithoutAWayBackPausesTheRollback() {
        // given
        Lab lab = Lab.fleet(2).open(everyone());
        lab.advance();
        reports(lab).applied(db(1), db(2));
        lab.advance();
        lab.run(back(lab, RollbackScope.ALL));
        lab.advance();
        reports(lab).rolledBack(db(1)).irreversible(db(2));
        // when
        lab.advance();
        // then
        assertThat(lab.status().detail())
                .contains("wave all: 1 database could not be taken back, 0 allowed");
    }

    @Test
    void rollbackOfOneDatabaseOfACompletedRolloutClosesItAgain() {
        // given
        Lab lab = Phases.in(RolloutPhase.COMPLETED).lab();
        DatabaseId one = lab.rollout().opened().waves().get(1).databases().get(0);
        // when
        lab.run(back(lab, RollbackScope.DATABASES, one));
        lab.advance().forEach(order -> reports(lab).rolledBack(order.database()));
        lab.advance();
        // then
        assertThat(lab.status().phase()).isEqualTo(RolloutPhase.COMPLETED);
        assertThat(lab.status(one).state()).isEqualTo(TargetState.ROLLED_BACK);
    }

    @Test
    void abortedRolloutIsClosedWhenNothingRunsAnyMore() {
        // given
        Phases phases = Phases.in(RolloutPhase.ABORTING);
        Lab lab = phases.lab();
        assertThat(lab.status().detail()).endsWith("orders in flight: 1");
        // when
        List<DatabaseId> all = lab.rollout().opened().waves().get(0).databases();
        reports(lab).stopped(all.get(0).equals(phases.bad()) ? all.get(1) : all.get(0));
        lab.advance();
        // then
        assertThat(lab.status().phase()).isEqualTo(RolloutPhase.ABORTED);
    }

    @Test
    void pauseDrainsAndThenIsQuiesced() {
        // given
        Lab lab = Lab.fleet(2).open(everyone());
        lab.advance();
        // when
        lab.run(new Command.Pause(ROLLOUT, "look", PERSON, lab.now()));
        // then
        assertThat(lab.status().detail()).startsWith("draining (2 running)");
        reports(lab).paused(db(1), 1).applied(db(2));
        assertThat(lab.status().detail()).startsWith("quiesced");
    }

    @Test
    void decisionOnStaleStateIsADuplicateOnceFolded() {
        // given
        Lab lab = Lab.fleet(2).open(everyone());
        Accepted stale = (Accepted) lab.decide(due(lab));
        lab.run(due(lab));
        // when
        stale.entries().forEach(lab::append);
        // then
        assertThat(lab.rollout().sequence()).isEqualTo(2);
        assertThat(lab.fleet().database(db(1)).orders().epoch()).isEqualTo(1);
    }
}
