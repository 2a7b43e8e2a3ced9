package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Asked.back;
import static dev.skein.orchestrator.rollout.Asked.due;
import static dev.skein.orchestrator.rollout.Asked.everyone;
import static dev.skein.orchestrator.rollout.Asked.rejected;
import static dev.skein.orchestrator.rollout.Asked.retry;
import static dev.skein.orchestrator.rollout.Lab.PERSON;
import static dev.skein.orchestrator.rollout.Lab.PLAN;
import static dev.skein.orchestrator.rollout.Lab.ROLLOUT;
import static dev.skein.orchestrator.rollout.Lab.db;
import static dev.skein.orchestrator.rollout.Lab.events;
import static dev.skein.orchestrator.rollout.Reports.reports;
import static dev.skein.orchestrator.rollout.Strategies.strategy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.fleet.FoldOutcome;
import dev.skein.protocol.event.ChecksumDifference;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.KeyRange;
import dev.skein.protocol.event.LedgerFinding;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.event.RolloutOutcome;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.strategy.OnFailure;
import dev.skein.protocol.strategy.Strategy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rollouts that read databases, or take them over, and change no schema. */
class AdoptionDecisionsTest {
    private static final SurveyFindings FOUND =
            new SurveyFindings(
                    Optional.of("7"),
                    6,
                    List.of(new KeyRange("8", "9", 2)),
                    List.of(new ChecksumDifference("3", "a", "b")),
                    List.of("4.1"),
                    List.of(),
                    false);

    @Test
    void surveyIsOrderedAndEndsWithWhatWasFound() {
        // given
        Lab lab = opened(RolloutPurpose.SURVEY);
        assertThat(lab.advance()).extracting(OrderIssued::kind).containsOnly(OrderKind.SURVEY);
        // when
        reports(lab).surveyed(db(1), FOUND).surveyed(db(2), FOUND);
        Accepted accepted = lab.run(due(lab));
        // then
        assertThat(events(accepted))
                .contains(new RolloutClosed(ROLLOUT, RolloutOutcome.COMPLETED, 2, 0, 0, lab.now()));
        DatabaseStatus status = lab.status(db(1));
        assertThat(status.state()).isEqualTo(TargetState.SURVEYED);
        assertThat(status.findings()).contains(FOUND);
        assertThat(status.reason())
                .isEqualTo(
                        "read and left alone: at version 7, 6 migrations applied, 2 missing, 1 with"
                                + " another checksum, 1 not in the plan");
        assertThat(lab.status().detail()).isEqualTo("2 surveyed, 0 failed");
    }

    @Test
    void surveyTellsWhatBecameOfTheLedger() {
        // given
        Lab lab = opened(RolloutPurpose.SURVEY);
        lab.advance();
        LedgerFinding found =
                new LedgerFinding(LedgerFinding.Kind.ANOTHER_LOG, "the ledger obeys another log");
        // when
        lab.reportUncounted(
                new DatabaseSurveyed(db(1), ROLLOUT, 1, FOUND, Optional.of(found), lab.now()));
        // then
        assertThat(lab.status(db(1)).ledger()).contains(found);
        assertThat(lab.status(db(1)).reason())
                .endsWith("not in the plan; the ledger obeys another log");
    }

    /** A database restored from an older dump is no longer where the last order left it. */
    @Test
    void surveyTellsTheVersionThatItFound() {
        Lab lab = opened(RolloutPurpose.SURVEY);
        lab.advance();
        reports(lab).surveyed(db(1), FOUND);
        assertThat(lab.fleet().database(db(1)).progress().version()).contains("7");
    }

    @Test
    void surveyThatIsReportedOnceMoreChangesNothing() {
        // given
        Lab lab = opened(RolloutPurpose.SURVEY);
        lab.advance();
        reports(lab).surveyed(db(1), FOUND);
        var before = lab.fleet().database(db(1));
        // when an agent that starts anew reads it again
        FoldOutcome applied =
                lab.reportUncounted(
                        new DatabaseSurveyed(db(1), ROLLOUT, 1, FOUND, lab.now().plusSeconds(9)));
        // then
        assertThat(applied).isEqualTo(FoldOutcome.IGNORED);
        assertThat(lab.fleet().database(db(1))).isEqualTo(before);
    }

    @Test
    void adoptionTellsTheVersionFromThenOn() {
        // given
        Lab lab = opened(RolloutPurpose.ADOPT);
        assertThat(lab.advance()).extracting(OrderIssued::kind).containsOnly(OrderKind.ADOPT);
        // when
        reports(lab).accepted(db(1)).adopted(db(1), FOUND).failed(db(2));
        lab.advance();
        // then
        assertThat(lab.fleet().database(db(1)).progress().version()).contains("7");
        assertThat(lab.status(db(1)).state()).isEqualTo(TargetState.ADOPTED);
        assertThat(lab.status(db(2)).state()).isEqualTo(TargetState.FAILED);
        assertThat(lab.status().detail()).isEqualTo("1 adopted, 1 failed");
    }

    @Test
    void databaseThatCouldNotBeReadIsRetriedAsASurvey() {
        Lab lab = opened(RolloutPurpose.SURVEY);
        lab.advance();
        reports(lab).failed(db(1)).surveyed(db(2), FOUND);
        lab.advance();
        lab.run(retry(lab, db(1)));
        assertThat(lab.advance())
                .singleElement()
                .satisfies(order -> assertThat(order.kind()).isEqualTo(OrderKind.SURVEY))
                .satisfies(order -> assertThat(order.goal()).isEqualTo(2));
    }

    @Test
    void thereIsNothingToTakeBackOrToRepair() {
        Lab lab = opened(RolloutPurpose.SURVEY);
        lab.advance();
        reports(lab).failed(db(1));
        rejected(
                lab.decide(back(lab, RollbackScope.ALL)),
                RejectionCode.NO_MIGRATION,
                "cannot roll back rollout r-1: it is there to survey and changes no schema");
        rejected(
                lab.decide(
                        new Command.Repairing(
                                ROLLOUT, List.of(db(1)), Repair.BOOKS, PERSON, lab.now())),
                RejectionCode.NO_MIGRATION,
                "cannot repair in rollout r-1: it is there to survey and changes no schema");
    }

    @Test
    void strategyThatTakesBackOnFailureIsRefused() {
        Lab lab = Lab.fleet(2);
        Strategy strategy =
                strategy().onFailure(OnFailure.ROLLBACK_WAVE).percent("all", 100).build();
        rejected(
                lab.decide(open(lab, ROLLOUT, strategy, RolloutPurpose.ADOPT)),
                RejectionCode.NO_MIGRATION,
                "wave all is to rollback-wave on failure, and a rollout that is there to adopt"
                        + " changes no schema; say pause or continue");
    }

    @Test
    void surveyNeedsNoRehearsalOfItsPlan() {
        Lab lab = Lab.fleet(2);
        Strategy plain = everyone();
        Strategy strategy =
                new Strategy(
                        plain.select(),
                        plain.waves(),
                        plain.latePolicy(),
                        plain.stepLimits(),
                        Optional.of(true));
        assertThat(lab.decide(open(lab, ROLLOUT, strategy, RolloutPurpose.SURVEY)))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void earlierRolloutCanBeTakenBackAfterASurvey() {
        // given
        Lab lab = Lab.fleet(2).open(everyone());
        lab.advance();
        reports(lab).applied(db(1), db(2));
        lab.advance();
        RolloutId later = new RolloutId("r-2");
        lab.run(open(lab, later, everyone(), RolloutPurpose.SURVEY));
        lab.run(new Command.Advance(later, lab.now()));
        reports(lab).surveyed(db(1), FOUND).surveyed(db(2), FOUND);
        lab.run(new Command.Advance(later, lab.now()));
        // when
        lab.run(back(lab, RollbackScope.ALL));
        // then
        assertThat(lab.advance())
                .hasSize(2)
                .extracting(OrderIssued::kind)
                .containsOnly(OrderKind.ROLLBACK);
    }

    private static Lab opened(RolloutPurpose purpose) {
        Lab lab = Lab.fleet(2);
        Strategy strategy = strategy().onFailure(OnFailure.CONTINUE).percent("all", 100).build();
        lab.run(open(lab, ROLLOUT, strategy, purpose));
        return lab;
    }

    private static Command.Open open(
            Lab lab, RolloutId rollout, Strategy strategy, RolloutPurpose purpose) {
        return new Command.Open(rollout, PLAN, strategy, purpose, PERSON, lab.now());
    }
}
