package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Asked.back;
import static dev.skein.orchestrator.rollout.Asked.everyone;
import static dev.skein.orchestrator.rollout.Asked.rejected;
import static dev.skein.orchestrator.rollout.Asked.retry;
import static dev.skein.orchestrator.rollout.Lab.PERSON;
import static dev.skein.orchestrator.rollout.Lab.ROLLOUT;
import static dev.skein.orchestrator.rollout.Lab.db;
import static dev.skein.orchestrator.rollout.Lab.events;
import static dev.skein.orchestrator.rollout.Reports.reports;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabasesRetried;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RolloutResumed;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a person's word to mend a database leads to: given events, when a repair, then events. */
class RepairDecisionsTest {
    @Test
    void repairOrdersTheDatabaseOnceMoreAndSaysWhatToMend() {
        // given
        Lab lab = failing();
        // when
        Accepted accepted = lab.run(repair(lab, Repair.BOOKS, db(2)));
        // then
        assertThat(events(accepted))
                .containsExactly(
                        new DatabasesRetried(
                                ROLLOUT,
                                List.of(db(2)),
                                Optional.of(Repair.BOOKS),
                                PERSON,
                                lab.now()),
                        new RolloutResumed(ROLLOUT, PERSON, lab.now()));
        assertThat(accepted.reply().message())
                .isEqualTo(
                        "1 database will be ordered once more, its framework's books mended"
                                + " first");
        assertThat(lab.advance())
                .singleElement()
                .satisfies(order -> assertThat(order.repair()).contains(Repair.BOOKS))
                .satisfies(order -> assertThat(order.goal()).isEqualTo(2));
    }

    /** The log has lost the order that was to repair, and whose ledger tells of it before. */
    @Test
    void repairIsAboutWhatThePersonHasSeenThoughALedgerTellsOfALaterOrder() {
        // given
        Lab lab = failing("undecided");
        lab.run(repair(lab, Repair.STEP_NOT_DONE, db(2)));
        // when
        lab.report(
                new OrderAccepted(
                        db(2),
                        ROLLOUT,
                        7,
                        OrderKind.APPLY,
                        Lab.AGENT,
                        Reports.NOTHING,
                        Optional.empty(),
                        lab.now()));
        // then
        assertThat(lab.advance())
                .singleElement()
                .satisfies(order -> assertThat(order.epoch()).isEqualTo(8))
                .satisfies(order -> assertThat(order.repairUpTo()).isEqualTo(1));
    }

    @Test
    void laterRetryOfTheSameDatabaseMendsNothing() {
        // given
        Lab lab = failing("undecided");
        lab.run(repair(lab, Repair.STEP_DONE, db(2)));
        lab.advance();
        reports(lab).failed(db(2));
        lab.advance();
        // when
        lab.run(retry(lab, db(2)));
        // then
        assertThat(lab.advance())
                .singleElement()
                .extracting(OrderIssued::repair)
                .isEqualTo(Optional.empty());
    }

    @Test
    void repairOfWhatCouldNotBeTakenBackIsOrderedBackward() {
        // given
        Lab lab = Lab.fleet(1).open(everyone());
        lab.advance();
        reports(lab).applied(db(1));
        lab.run(back(lab, RollbackScope.DATABASES, db(1)));
        lab.advance();
        reports(lab).failed(db(1), "undecided");
        lab.advance();
        // when
        Accepted accepted = lab.run(repair(lab, Repair.STEP_NOT_DONE, db(1)));
        // then
        assertThat(events(accepted))
                .contains(
                        new RollbackRequested(
                                ROLLOUT,
                                RollbackScope.DATABASES,
                                List.of(db(1)),
                                "taken back once more",
                                PERSON,
                                Optional.of(Repair.STEP_NOT_DONE),
                                Optional.empty(),
                                lab.now()));
        assertThat(lab.advance())
                .singleElement()
                .satisfies(order -> assertThat(order.kind()).isEqualTo(OrderKind.ROLLBACK))
                .satisfies(order -> assertThat(order.repair()).contains(Repair.STEP_NOT_DONE));
    }

    @Test
    void booksAreMendedWhereTheAgentIsShutOut() {
        // given
        Lab lab = Lab.fleet(1).open(everyone());
        lab.advance();
        reports(lab).unavailable(db(1), "locked");
        // when
        lab.run(repair(lab, Repair.BOOKS, db(1)));
        // then
        assertThat(lab.advance())
                .singleElement()
                .satisfies(order -> assertThat(order.epoch()).isEqualTo(2))
                .satisfies(order -> assertThat(order.repair()).contains(Repair.BOOKS));
    }

    @Test
    void stepIsNotDeclaredDoneWhereTheAgentIsShutOut() {
        Lab lab = Lab.fleet(1).open(everyone());
        lab.advance();
        reports(lab).unavailable(db(1), "locked");
        rejected(
                lab.decide(repair(lab, Repair.STEP_DONE, db(1))),
                RejectionCode.NOT_REPAIRABLE,
                "cannot repair pg-1/db-1 in rollout r-1: it is unreachable, and only what failed is"
                        + " repaired");
    }

    @Test
    void repairIsRefusedForADatabaseThatHasNotFailed() {
        Lab lab = failing();
        rejected(
                lab.decide(repair(lab, Repair.BOOKS, db(2), db(1))),
                RejectionCode.NOT_REPAIRABLE,
                "cannot repair pg-1/db-1 in rollout r-1: it is ordered, and only what failed is"
                        + " repaired");
    }

    @Test
    void repairIsRefusedWhereNoDatabaseIsNamed() {
        Lab lab = failing();
        rejected(
                lab.decide(repair(lab, Repair.BOOKS)),
                RejectionCode.NOT_REPAIRABLE,
                "name the databases to repair in rollout r-1");
    }

    @Test
    void repairIsRefusedForADatabaseThatTheRolloutDoesNotHave() {
        Lab lab = failing();
        rejected(
                lab.decide(repair(lab, Repair.BOOKS, db(9))),
                RejectionCode.UNKNOWN_DATABASE,
                "rollout r-1 does not have pg-1/db-9");
    }

    @Test
    void repairIsRefusedInARolloutThatIsNotThere() {
        Lab lab = failing();
        RolloutId other = new RolloutId("r-9");
        rejected(
                lab.decide(
                        new Command.Repairing(
                                other, List.of(db(2)), Repair.BOOKS, PERSON, lab.now())),
                RejectionCode.UNKNOWN_ROLLOUT,
                "there is no rollout r-9");
    }

    private static Lab failing() {
        return failing("failed-row");
    }

    private static Lab failing(String code) {
        Lab lab = Lab.fleet(3).open(everyone());
        lab.advance();
        reports(lab).failed(db(2), code);
        lab.advance();
        return lab;
    }

    private static Command.Repairing repair(Lab lab, Repair repair, DatabaseId... databases) {
        return new Command.Repairing(ROLLOUT, List.of(databases), repair, PERSON, lab.now());
    }
}
