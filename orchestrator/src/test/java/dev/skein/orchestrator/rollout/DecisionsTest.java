package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Asked.back;
import static dev.skein.orchestrator.rollout.Asked.due;
import static dev.skein.orchestrator.rollout.Asked.everyone;
import static dev.skein.orchestrator.rollout.Asked.open;
import static dev.skein.orchestrator.rollout.Asked.rejected;
import static dev.skein.orchestrator.rollout.Lab.PERSON;
import static dev.skein.orchestrator.rollout.Lab.ROLLOUT;
import static dev.skein.orchestrator.rollout.Lab.db;
import static dev.skein.orchestrator.rollout.Lab.events;
import static dev.skein.orchestrator.rollout.Reports.reports;
import static dev.skein.orchestrator.rollout.Strategies.labelled;
import static dev.skein.orchestrator.rollout.Strategies.named;
import static dev.skein.orchestrator.rollout.Strategies.strategy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.event.RolloutOutcome;
import dev.skein.protocol.event.WavePassed;
import dev.skein.protocol.event.WaveSettled;
import dev.skein.protocol.event.WaveStarted;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.strategy.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands lead to on the way forward: given events, when a command, then events. */
class DecisionsTest {
    @Test
    void openingTellsHowManyDatabasesNoWaveTakes() {
        Lab lab = Lab.fleet(10);
        Accepted accepted = lab.run(open(lab, "r-1", strategy().count("few", 3).build()));
        assertThat(accepted.reply().databases()).isEqualTo(3);
        assertThat(accepted.reply().leftOver()).isEqualTo(7);
    }

    @Test
    void openingIsRefusedWithoutThePlan() {
        Lab lab = Lab.fleet(2);
        PlanId unknown = new PlanId("cd".repeat(32));
        Command open = new Command.Open(ROLLOUT, unknown, everyone(), PERSON, lab.now());
        rejected(lab.decide(open), RejectionCode.UNKNOWN_PLAN, "cdcdcdcdcdcd");
    }

    @Test
    void openingIsRefusedWhereTheStrategyDemandsARehearsalOfAPlanThatHadNone() {
        Lab lab = Lab.fleet(2);
        rejected(
                lab.decide(open(lab, "r-1", rehearsed(everyone()))),
                RejectionCode.REHEARSAL_REQUIRED,
                "the strategy demands a rehearsal, and plan abababababab (users) was never"
                        + " rehearsed; run 'skein plan rehearse FILE', then publish and open the"
                        + " plan that it writes");
    }

    @Test
    void openingTakesARehearsedPlanWhereTheStrategyDemandsARehearsal() {
        Lab lab = Lab.rehearsedFleet(2);
        assertThat(lab.run(open(lab, "r-1", rehearsed(everyone()))).reply().databases())
                .isEqualTo(2);
    }

    @Test
    void rehearsalThatRanNoStepDoesNotCount() {
        Lab lab = Lab.rehearsedFleet(2, List.of());
        rejected(
                lab.decide(open(lab, "r-1", rehearsed(everyone()))),
                RejectionCode.REHEARSAL_REQUIRED,
                "never rehearsed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"15.20 (Debian 15.20-0+deb12u1)", "15beta1"})
    void openingSaysNothingOfARehearsalOnTheServersMajorVersion(String version) {
        Lab lab = Lab.rehearsedFleet(2);
        lab.announceVersion(version, List.of(db(1), db(2)));
        assertThat(lab.run(open(lab, "r-1", everyone())).reply().message())
                .isEqualTo("opened for 2 databases in 1 wave");
    }

    @Test
    void openingWarnsOfARehearsalOnAnotherMajorVersion() {
        Lab lab = Lab.rehearsedFleet(2);
        lab.announceVersion("17.11", List.of(db(1), db(2)));
        assertThat(lab.run(open(lab, "r-1", everyone())).reply().message())
                .endsWith(
                        "; it was rehearsed on PostgreSQL 15.4 and meets another major version on"
                                + " pg-1 (17.11); rehearse it on theirs, with --scratch");
    }

    @Test
    void openingIsRefusedWhereAgentsHaveNoRunnerOfThePlan() {
        Step run =
                new DelegatedStep(
                        "billing",
                        "ae10",
                        Optional.empty(),
                        true,
                        Atomicity.ATOMIC,
                        new TreeMap<>(),
                        "it reads rows");
        Lab lab =
                Lab.fleet(
                        2,
                        new Migration(
                                MigrationKind.VERSIONED,
                                "ae10",
                                "rates",
                                "ae10.py",
                                Optional.empty(),
                                List.of(run),
                                Optional.empty()));
        lab.agentStartsWith("ledger");
        rejected(
                lab.decide(open(lab, "r-1", everyone())),
                RejectionCode.NO_RUNNER,
                "2 databases are with agents that have no runner 'billing': pg-1/db-1, pg-1/db-2");
        lab.agentStartsWith("billing", "ledger");
        assertThat(lab.run(open(lab, "r-1", everyone())).reply().message())
                .startsWith("opened for 2 databases");
    }

    private static Strategy rehearsed(Strategy strategy) {
        return new Strategy(
                strategy.select(),
                strategy.waves(),
                strategy.latePolicy(),
                strategy.stepLimits(),
                Optional.of(true));
    }

    @Test
    void openingIsRefusedWhereTheStrategyNamesAStranger() {
        Lab lab = Lab.fleet(2);
        Strategy strategy = strategy().wave("canary", named(db(9))).build();
        rejected(
                lab.decide(open(lab, "r-1", strategy)),
                RejectionCode.UNKNOWN_DATABASE,
                "pg-1/db-9");
    }

    @Test
    void openingIsRefusedWhereNoWaveGetsADatabase() {
        Lab lab = Lab.fleet(2);
        Strategy strategy = strategy().wave("canary", labelled("tier", "none")).build();
        rejected(
                lab.decide(open(lab, "r-1", strategy)),
                RejectionCode.NOTHING_SELECTED,
                "2 databases");
    }

    @Test
    void databaseIsPartOfOneOpenRolloutOnly() {
        Lab lab = Lab.fleet(8).open(everyone());
        rejected(
                lab.decide(open(lab, "r-2", everyone())),
                RejectionCode.DATABASE_BUSY,
                "and 3 more");
    }

    @Test
    void rollbackIsRefusedOnceALaterRolloutHasChangedTheDatabase() {
        // given
        Lab lab = Lab.fleet(1).open(everyone());
        lab.advance();
        reports(lab).applied(db(1));
        lab.advance();
        RolloutId later = new RolloutId("r-2");
        lab.run(open(lab, "r-2", everyone()));
        lab.run(new Command.Advance(later, lab.now()));
        reports(lab).stepDone("2", db(1)).applied(db(1));
        lab.run(new Command.Advance(later, lab.now()));
        // when
        Decision decision = lab.decide(back(lab, RollbackScope.ALL));
        // then
        rejected(decision, RejectionCode.DATABASE_MOVED_ON, "pg-1/db-1");
    }

    @Test
    void firstAdvanceStartsTheWaveAndOrdersAsMuchAsItMay() {
        // given
        Lab lab = Lab.fleet(5).open(strategy().maxInFlight(2).percent("all", 100).build());
        // when
        Accepted accepted = lab.run(due(lab));
        // then
        assertThat(events(accepted).get(0)).isEqualTo(new WaveStarted(ROLLOUT, 0, lab.now()));
        assertThat(events(accepted)).hasSize(3).last().isInstanceOf(OrderIssued.class);
    }

    @Test
    void endOfOneDatabaseMakesPlaceForTheNext() {
        // given
        Lab lab = Lab.fleet(5).open(strategy().maxInFlight(2).percent("all", 100).build());
        reports(lab).applied(lab.advance().get(0).database());
        // when
        List<OrderIssued> orders = lab.advance();
        // then
        assertThat(orders).hasSize(1);
    }

    @Test
    void waveWaitsForTheSlowestDatabase() {
        Lab lab = Lab.fleet(2).open(strategy().count("a", 1).percent("b", 100).build());
        lab.advance();
        assertThat(lab.advance()).isEmpty();
        assertThat(lab.status().waves().get(1).phase()).isEqualTo(WavePhase.WAITING);
    }

    @Test
    void waveSettlesPassesAndTheNextStartsInOneDecision() {
        // given
        Lab lab = Lab.fleet(2).open(strategy().count("a", 1).percent("b", 100).build());
        reports(lab).applied(lab.advance().get(0).database());
        // when
        Accepted accepted = lab.run(due(lab));
        // then
        assertThat(events(accepted))
                .startsWith(
                        new WaveSettled(ROLLOUT, 0, 1, 0, 0, lab.now()),
                        new WavePassed(ROLLOUT, 0, lab.now()),
                        new WaveStarted(ROLLOUT, 1, lab.now()))
                .hasSize(4);
    }

    @Test
    void lastWaveHasNeitherSoakNorApproval() {
        // given
        Lab lab = Lab.fleet(1);
        lab.open(strategy().soak(Duration.ofHours(1)).approval().percent("all", 100).build());
        lab.advance();
        reports(lab).applied(db(1));
        // when
        Accepted accepted = lab.run(due(lab));
        // then
        assertThat(events(accepted))
                .last()
                .isEqualTo(
                        new RolloutClosed(ROLLOUT, RolloutOutcome.COMPLETED, 1, 0, 0, lab.now()));
    }

    @Test
    void soakEndsByTheClock() {
        // given
        Lab lab = Phases.in(RolloutPhase.SOAKING).lab();
        assertThat(RolloutDecider.nextAdvance(lab.fleet(), ROLLOUT, lab.now()))
                .contains(lab.now().plus(Phases.SOAK));
        // when
        lab.after(Phases.SOAK);
        // then
        assertThat(lab.status().phase()).isEqualTo(RolloutPhase.AWAITING_APPROVAL);
    }

    @Test
    void whatIsDueAlreadyIsDueNow() {
        // given
        Lab lab = Lab.fleet(1).open(strategy().percent("all", 100).build());
        // when
        Optional<Instant> next = RolloutDecider.nextAdvance(lab.fleet(), ROLLOUT, lab.now());
        // then
        assertThat(next).contains(lab.now());
    }

    @Test
    void approvalOfAnotherDigestIsRefused() {
        Lab lab = Phases.in(RolloutPhase.AWAITING_APPROVAL).lab();
        Command approve =
                new Command.Approve(
                        ROLLOUT, Optional.empty(), Optional.of("beef"), PERSON, lab.now());
        rejected(lab.decide(approve), RejectionCode.DIGEST_MISMATCH, "beef");
    }

    @Test
    void approvalGivenWhileItSoaksCanBeTakenBackUntilTheSoakEnds() {
        // given
        Lab lab = Phases.in(RolloutPhase.SOAKING).lab();
        Command approve =
                new Command.Approve(ROLLOUT, Optional.empty(), Optional.empty(), PERSON, lab.now());
        assertThat(lab.run(approve).reply().message())
                .contains("may start when the soak ends")
                .contains("'skein rollout revoke' takes this back until then");
        // when
        Accepted revoked = lab.run(new Command.Revoke(ROLLOUT, "slow", PERSON, lab.now()));
        lab.after(Phases.SOAK);
        // then
        assertThat(revoked.reply().message())
                .isEqualTo(
                        "the approval by "
                                + PERSON
                                + " is taken back: wave rest waits for another");
        assertThat(lab.status().phase()).isEqualTo(RolloutPhase.AWAITING_APPROVAL);
        rejected(
                lab.decide(new Command.Revoke(ROLLOUT, "", PERSON, lab.now())),
                RejectionCode.NOT_APPROVED,
                "no approval is waiting for its wave to start");
    }

    @Test
    void pageSaysWhichWaveIsApprovedAndWhichStarts() {
        assertThat(Phases.in(RolloutPhase.AWAITING_APPROVAL).lab().status().detail())
                .isEqualTo("wave canary is done; approve it, and wave rest starts");
    }

    @Test
    void approvalOfAnotherWaveIsRefused() {
        Lab lab = Phases.in(RolloutPhase.AWAITING_APPROVAL).lab();
        Command rest =
                new Command.Approve(
                        ROLLOUT, Optional.of("rest"), Optional.empty(), PERSON, lab.now());
        Command none =
                new Command.Approve(
                        ROLLOUT, Optional.of("nope"), Optional.empty(), PERSON, lab.now());
        rejected(
                lab.decide(rest),
                RejectionCode.NOT_AWAITING_APPROVAL,
                "wave rest does not wait for an approval; wave canary does: it is done, and its"
                        + " approval lets wave rest start");
        rejected(lab.decide(none), RejectionCode.UNKNOWN_WAVE, "canary, rest");
    }
}
