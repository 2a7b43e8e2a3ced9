package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Asked.back;
import static dev.skein.orchestrator.rollout.Asked.everyone;
import static dev.skein.orchestrator.rollout.Asked.open;
import static dev.skein.orchestrator.rollout.Asked.rejected;
import static dev.skein.orchestrator.rollout.Lab.PERSON;
import static dev.skein.orchestrator.rollout.Lab.PLAN;
import static dev.skein.orchestrator.rollout.Lab.ROLLOUT;
import static dev.skein.orchestrator.rollout.Lab.db;
import static dev.skein.orchestrator.rollout.Reports.reports;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.strategy.Strategy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a rollback says it does, it does, and nothing else. */
final class RollbackDecisionsTest {
    private static final RolloutId LATER = new RolloutId("r-2");

    private static Migration migration(String version, boolean down) {
        List<Step> steps = List.of(new ScriptStep("select " + version));
        return new Migration(
                MigrationKind.VERSIONED,
                version,
                "m" + version,
                "V" + version + ".sql",
                Optional.empty(),
                steps,
                down ? Optional.of(steps) : Optional.empty());
    }

    /** Completed in both databases, by migration 1. */
    private static Lab completed(Lab lab) {
        lab.open(everyone()).advance();
        reports(lab).stepDone("1", db(1), db(2)).applied(db(1), db(2));
        lab.advance();
        return lab;
    }

    /** The same plan once more, of which only the named databases needed a step. */
    private static void later(Lab lab, DatabaseId... changed) {
        lab.run(open(lab, LATER.value(), everyone()));
        lab.run(new Command.Advance(LATER, lab.now()));
        reports(lab).stepDone("2", changed).applied(db(1), db(2));
        lab.run(new Command.Advance(LATER, lab.now()));
    }

    private static Command.Rollback all(Lab lab, RollbackTerms terms) {
        return new Command.Rollback(
                ROLLOUT,
                RollbackScope.ALL,
                List.of(),
                Optional.empty(),
                terms,
                "slow",
                PERSON,
                lab.now());
    }

    private static Command.Open opening(Lab lab, String to) {
        return new Command.Open(
                LATER,
                PLAN,
                everyone(),
                RolloutPurpose.MIGRATE,
                Optional.of(RollbackTerms.to(to)),
                Optional.empty(),
                PERSON,
                lab.now());
    }

    private static String message(Decision decision) {
        return ((Accepted) decision).reply().message();
    }

    @Test
    void rollbackThatUndidNothingIsNoRollback() {
        // given
        Lab lab = completed(Lab.fleet(2));
        lab.run(back(lab, RollbackScope.ALL));
        lab.advance();
        // when
        reports(lab).nothingToUndo(new RolloutId("r-0"), db(1), db(2));
        lab.advance();
        // then
        assertThat(lab.status(db(1)).state()).isEqualTo(TargetState.NOTHING_TO_UNDO);
        assertThat(lab.status(db(1)).reason()).contains("applied by rollout r-0");
        assertThat(lab.status().phase()).isEqualTo(RolloutPhase.COMPLETED);
        assertThat(lab.status().detail())
                .isEqualTo("0 applied, 0 failed, 0 rolled back, 2 with nothing to undo");
    }

    @Test
    void rollbackThatUndidSomethingInOneDatabaseSaysWhatItDidInEach() {
        // given
        Lab lab = completed(Lab.fleet(2));
        lab.run(back(lab, RollbackScope.ALL));
        lab.advance();
        // when
        reports(lab).rolledBack(db(1)).nothingToUndo(new RolloutId("r-0"), db(2));
        lab.advance();
        // then
        assertThat(lab.status().phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(lab.status().counts())
                .containsEntry(TargetState.ROLLED_BACK, 1)
                .containsEntry(TargetState.NOTHING_TO_UNDO, 1);
    }

    @Test
    void laterRolloutThatChangedNothingDoesNotStandInTheWay() {
        // given
        Lab lab = completed(Lab.fleet(2));
        later(lab);
        // when
        Decision decision = lab.decide(back(lab, RollbackScope.ALL));
        // then
        assertThat(message(decision)).startsWith("taking back 2 databases");
    }

    @Test
    void onlyTheDatabaseThatALaterRolloutChangedStays() {
        // given
        Lab lab = completed(Lab.fleet(2));
        later(lab, db(2));
        // when
        Accepted accepted = lab.run(back(lab, RollbackScope.ALL));
        // then
        assertThat(accepted.reply().message())
                .contains("taking back 1 database;")
                .contains("rollout r-2 has changed 1 database since: pg-1/db-2");
        assertThat(lab.advance()).extracting(OrderIssued::database).containsExactly(db(1));
    }

    @Test
    void whatALaterRolloutHasTakenBackIsInNobodysWay() {
        // given
        Lab lab = completed(Lab.fleet(2));
        later(lab, db(1), db(2));
        lab.run(
                new Command.Rollback(
                        LATER,
                        RollbackScope.ALL,
                        List.of(),
                        Optional.empty(),
                        "slow",
                        PERSON,
                        lab.now()));
        lab.run(new Command.Advance(LATER, lab.now()));
        reports(lab).stepDone("2", db(1), db(2)).rolledBack(db(1), db(2));
        lab.run(new Command.Advance(LATER, lab.now()));
        // then
        assertThat(message(lab.decide(back(lab, RollbackScope.ALL))))
                .startsWith("taking back 2 databases");
    }

    @Test
    void rollbackOverAMigrationWithoutADownIsRefusedBeforeItHoldsAnything() {
        // given
        Lab lab = completed(Lab.fleet(2, migration("1", false)));
        // when
        Decision decision = lab.decide(back(lab, RollbackScope.ALL));
        // then
        rejected(decision, RejectionCode.IRREVERSIBLE, "V1.sql has no down");
        assertThat(lab.status().phase()).isEqualTo(RolloutPhase.COMPLETED);
    }

    @Test
    void personMayAcceptThatAMigrationCannotBeUndone() {
        // given
        Lab lab = completed(Lab.fleet(2, migration("1", false)));
        // when
        lab.run(all(lab, RollbackTerms.strict().accepting(List.of("V1.sql"))));
        // then
        assertThat(lab.advance())
                .extracting(order -> order.terms().orElseThrow().acceptIrreversible())
                .containsOnly(List.of("1"));
    }

    @Test
    void migrationThatThePlanDoesNotHaveIsNotAccepted() {
        Lab lab = completed(Lab.fleet(2, migration("1", false)));
        rejected(
                lab.decide(all(lab, RollbackTerms.strict().accepting(List.of("9")))),
                RejectionCode.UNKNOWN_VERSION,
                "no migration 9");
    }

    @Test
    void rollbackToAVersionDoesNotAskWhoAppliedWhatIsAbove() {
        // given
        Lab lab = completed(Lab.fleet(2, migration("1", true), migration("2", true)));
        later(lab, db(1), db(2));
        // when
        lab.run(all(lab, RollbackTerms.to("1")));
        // then
        assertThat(lab.advance())
                .hasSize(2)
                .allSatisfy(order -> assertThat(order.kind()).isEqualTo(OrderKind.ROLLBACK_TO))
                .allSatisfy(order -> assertThat(order.terms().get().to()).contains("1"));
    }

    @Test
    void versionThatThePlanDoesNotHaveIsRefused() {
        Lab lab = completed(Lab.fleet(2, migration("1", true)));
        rejected(
                lab.decide(all(lab, RollbackTerms.to("7"))),
                RejectionCode.UNKNOWN_VERSION,
                "it has 1, and none");
        rejected(
                lab.decide(opening(lab, "7")),
                RejectionCode.UNKNOWN_VERSION,
                "no migration of version 7");
    }

    @Test
    void rolloutToAVersionOrdersMoves() {
        // given
        Lab lab = completed(Lab.fleet(2, migration("1", true), migration("2", true)));
        // when
        lab.run(opening(lab, "1"));
        Accepted accepted = lab.run(new Command.Advance(LATER, lab.now()));
        // then
        List<OrderIssued> orders =
                Lab.events(accepted).stream()
                        .filter(OrderIssued.class::isInstance)
                        .map(OrderIssued.class::cast)
                        .toList();
        assertThat(orders)
                .hasSize(2)
                .allSatisfy(order -> assertThat(order.kind()).isEqualTo(OrderKind.MOVE));
    }

    @Test
    void openingSaysWhatCannotBeUndone() {
        Lab lab = Lab.fleet(1, migration("1", true), migration("2", false));
        assertThat(message(lab.decide(open(lab, "r-1", everyone()))))
                .endsWith("; cannot be undone: V2.sql");
    }

    @Test
    void strategyMayDemandAWayBack() {
        Lab lab = Lab.fleet(1, migration("1", true), migration("2", false));
        Strategy plain = everyone();
        Strategy strict =
                new Strategy(
                        plain.select(),
                        plain.waves(),
                        plain.latePolicy(),
                        plain.stepLimits(),
                        Optional.empty(),
                        Optional.of(true),
                        Optional.empty());
        rejected(lab.decide(open(lab, "r-1", strict)), RejectionCode.DOWNS_REQUIRED, "V2.sql");
    }

    @Test
    void irreversibleRolloutIsPutAsideByAnAbort() {
        // given: the reports do not tell which migrations ran, so only the agent finds out
        Lab lab = Lab.fleet(1, migration("1", false));
        lab.open(everyone()).advance();
        reports(lab).applied(db(1));
        lab.advance();
        lab.run(back(lab, RollbackScope.ALL));
        lab.advance();
        reports(lab).irreversible(db(1));
        lab.advance();
        assertThat(lab.status().phase()).isEqualTo(RolloutPhase.PAUSED);
        assertThat(lab.status().detail()).contains("or abort it");
        // when
        lab.run(new Command.Abort(ROLLOUT, "stays", PERSON, lab.now()));
        lab.advance();
        // then
        assertThat(lab.status().phase()).isEqualTo(RolloutPhase.ABORTED);
        assertThat(lab.decide(open(lab, "r-2", everyone()))).isInstanceOf(Accepted.class);
    }
}
