package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Asked.back;
import static dev.skein.orchestrator.rollout.Asked.everyone;
import static dev.skein.orchestrator.rollout.Asked.open;
import static dev.skein.orchestrator.rollout.Asked.rejected;
import static dev.skein.orchestrator.rollout.Asked.retry;
import static dev.skein.orchestrator.rollout.Lab.PERSON;
import static dev.skein.orchestrator.rollout.Lab.ROLLOUT;
import static dev.skein.orchestrator.rollout.Lab.db;
import static dev.skein.orchestrator.rollout.Reports.reports;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.RolloutId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an order left half done is shown until it is finished, and no verb says otherwise. */
class HalfDoneTest {
    private static final StepRef UP = new StepRef("1", 0, Direction.UP);
    private static final StepRef DOWN = new StepRef("1", 0, Direction.DOWN);
    private static final RolloutId LATER = new RolloutId("r-2");

    /** A step down is cut off: its rollout is aborted meanwhile. */
    private static Lab cutOffOnItsWayBack() {
        Lab lab = Lab.fleet(1).open(everyone());
        lab.advance();
        reports(lab).accepted(db(1)).applied(db(1));
        lab.advance();
        lab.run(back(lab, RollbackScope.ALL));
        lab.advance();
        reports(lab).accepted(db(1)).started(db(1), DOWN);
        lab.run(new Command.Abort(ROLLOUT, "too slow", PERSON, lab.now()));
        assertThat(lab.status().halfDone()).as("an agent is at work on it").isEmpty();
        reports(lab).stopped(db(1));
        lab.advance();
        return lab;
    }

    @Test
    void abortedRolloutShowsTheStepThatWasBegun() {
        Lab lab = cutOffOnItsWayBack();
        assertThat(lab.status().phase()).isEqualTo(RolloutPhase.ABORTED);
        assertThat(lab.status().halfDone())
                .containsExactly(new HalfDone(db(1), DOWN, 1, true, lab.now()));
        assertThat(lab.status().detail()).contains("1 database is left half done");
        assertThat(lab.status(db(1)).reason())
                .contains("stopped by the abort")
                .endsWith(
                        "step 1 of 1 (down) of migration 1 was begun, and nothing says how it"
                                + " ended");
    }

    @Test
    void rollbackFinishesItAndThenNothingIsHalfDone() {
        Lab lab = cutOffOnItsWayBack();
        lab.run(back(lab, RollbackScope.DATABASES, db(1)));
        assertThat(lab.advance()).extracting(order -> order.kind()).contains(OrderKind.ROLLBACK);
        reports(lab).accepted(db(1)).succeeded(db(1), DOWN).rolledBack(db(1));
        lab.advance();
        assertThat(lab.status().halfDone()).isEmpty();
        assertThat(lab.status().phase()).isEqualTo(RolloutPhase.ABORTED);
    }

    @Test
    void retryOfItGoesOnTheWayItWasGoing() {
        Lab lab = cutOffOnItsWayBack();
        lab.run(retry(lab, db(1)));
        assertThat(lab.advance()).extracting(order -> order.kind()).contains(OrderKind.ROLLBACK);
    }

    /** Neither a retry nor a repair of the later rollout could change anything. */
    @Test
    void laterRolloutsVerbsAreRefusedWithTheRolloutAndTheVerbThatHelp() {
        // given
        Lab lab = cutOffOnItsWayBack();
        lab.run(open(lab, LATER.value(), everyone()));
        lab.run(new Command.Advance(LATER, lab.now()));
        reports(lab).failed(db(1), "half-reverted");
        String help = "'skein rollout rollback r-1 --database pg-1/db-1' finishes it";
        // then
        rejected(
                lab.decide(new Command.Retry(LATER, List.of(db(1)), PERSON, lab.now())),
                RejectionCode.NOTHING_TO_RETRY,
                help);
        rejected(
                lab.decide(new Command.Retry(LATER, List.of(), PERSON, lab.now())),
                RejectionCode.NOTHING_TO_RETRY,
                help);
        for (Repair repair : Repair.values()) {
            Decision decision =
                    lab.decide(
                            new Command.Repairing(
                                    LATER, List.of(db(1)), repair, PERSON, lab.now()));
            assertThat(decision).as(repair.label()).isInstanceOf(Rejection.class);
        }
        assertThat(lab.status().halfDone()).as("of the first rollout").hasSize(1);
    }

    @Test
    void stepThatFailedAndLeftNothingIsNotHalfDone() {
        Lab lab = Lab.fleet(1).open(everyone());
        lab.advance();
        reports(lab)
                .accepted(db(1))
                .started(db(1), UP)
                .failed(db(1), "sql-error", Optional.of(UP), false);
        assertThat(lab.status().halfDone()).isEmpty();
    }

    @Test
    void stepThatMayHaveLeftSomethingIsHalfDoneAndCanBeDeclared() {
        Lab lab = Lab.fleet(1).open(everyone());
        lab.advance();
        reports(lab)
                .accepted(db(1))
                .started(db(1), UP)
                .failed(db(1), "sql-error", Optional.of(UP), true);
        assertThat(lab.status().halfDone()).extracting(HalfDone::begun).containsExactly(true);
        assertThat(lab.run(repair(lab, Repair.STEP_DONE)).reply().databases()).isEqualTo(1);
    }

    @Test
    void repairOfAStepIsRefusedWhereNoneWasInterrupted() {
        Lab lab = Lab.fleet(1).open(everyone());
        lab.advance();
        reports(lab).accepted(db(1)).failed(db(1));
        rejected(
                lab.decide(repair(lab, Repair.STEP_DONE)),
                RejectionCode.NOT_REPAIRABLE,
                "no step of it was interrupted, it failed with sql-error; mend the cause, then"
                        + " retry");
    }

    @Test
    void repairOfTheBooksIsRefusedWhereNothingIsWrongWithThem() {
        Lab lab = Lab.fleet(1).open(everyone());
        lab.advance();
        reports(lab).accepted(db(1)).failed(db(1));
        rejected(
                lab.decide(repair(lab, Repair.BOOKS)),
                RejectionCode.NOT_REPAIRABLE,
                "it failed with sql-error, which has nothing to do with");
    }

    private static Command repair(Lab lab, Repair repair) {
        return new Command.Repairing(ROLLOUT, List.of(db(1)), repair, PERSON, lab.now());
    }
}
