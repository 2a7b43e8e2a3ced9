package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Asked.everyone;
import static dev.skein.orchestrator.rollout.Asked.open;
import static dev.skein.orchestrator.rollout.Asked.rejected;
import static dev.skein.orchestrator.rollout.Asked.resume;
import static dev.skein.orchestrator.rollout.Asked.retry;
import static dev.skein.orchestrator.rollout.Lab.PERSON;
import static dev.skein.orchestrator.rollout.Lab.ROLLOUT;
import static dev.skein.orchestrator.rollout.Lab.db;
import static dev.skein.orchestrator.rollout.Reports.reports;
import static dev.skein.orchestrator.rollout.Strategies.strategy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.strategy.OnFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The words and numbers of a rollout's page are true. */
class RolloutPageTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void whatIsNotDoneByTheDeadlineHasNotFailed() {
        // given
        Lab lab = Lab.fleet(2).open(strategy().deadline(HOUR).percent("all", 100).build());
        lab.advance();
        lab.after(HOUR).advance();
        // then
        assertThat(lab.status().detail())
                .endsWith(
                        "wave all: 0 of 2 databases failed and 2 not done by the deadline, 0"
                                + " allowed");
        assertThat(lab.status().waves().get(0).failures()).isZero();
        assertThat(lab.status().waves().get(0).overdue()).isEqualTo(2);
        rejected(
                lab.decide(retry(lab)),
                RejectionCode.NOTHING_TO_RETRY,
                "no database of it failed; 2 databases not done by the deadline: resume to give"
                        + " more time, or skip them");
        assertThat(lab.run(resume(lab)).reply().message())
                .isEqualTo(
                        "resumed; the deadline of wave all begins again and ends at "
                                + Texts.time(lab.now().plus(HOUR)));
    }

    @Test
    void skipOfTheLastFailureSaysHowToGoOn() {
        Lab lab = Lab.fleet(3).open(everyone());
        lab.advance();
        reports(lab).failed(db(1), db(2));
        lab.advance();
        assertThat(skipped(lab, 1))
                .isEqualTo(
                        "1 database left out; the rollout stays paused: wave all: 1 of 3"
                                + " databases failed, 0 allowed");
        assertThat(skipped(lab, 2))
                .isEqualTo("1 database left out; the rollout is paused: resume it to go on");
    }

    private static String skipped(Lab lab, int database) {
        Command skip = new Command.Skip(ROLLOUT, List.of(db(database)), "gone", PERSON, lab.now());
        return lab.run(skip).reply().message();
    }

    @Test
    void wavesOfARolloutThatEndedHaveEnded() {
        Lab lab = Phases.in(RolloutPhase.ABORTED).lab();
        assertThat(lab.status().waves())
                .extracting(WaveStatus::phase)
                .containsOnly(WavePhase.ENDED);
    }

    /** Quiesced beside "running 4" would be untrue. */
    @Test
    void nothingRunsInARolloutThatIsQuiesced() {
        // given
        Lab lab = Lab.fleet(2).open(everyone());
        lab.advance();
        reports(lab).accepted(db(1)).accepted(db(2));
        lab.run(new Command.Pause(ROLLOUT, "look", PERSON, lab.now()));
        // when
        reports(lab).paused(db(1), 1);
        // then
        assertThat(lab.status(db(1)).state()).isEqualTo(TargetState.PAUSED);
        assertThat(lab.status(db(1)).reason()).startsWith("the rollout is paused by ann: look");
        assertThat(lab.status(db(2)).state()).isEqualTo(TargetState.RUNNING);
        reports(lab).paused(db(2), 1);
        assertThat(lab.status().quiesced()).isTrue();
        assertThat(lab.status().counts().get(TargetState.RUNNING)).isZero();
        assertThat(lab.status().counts().get(TargetState.PAUSED)).isEqualTo(2);
        lab.run(resume(lab));
        assertThat(lab.status(db(1)).state()).isEqualTo(TargetState.RUNNING);
    }

    @Test
    void busyDatabasesAreNotSaidToBelongToARolloutThatWasRefused() {
        Lab lab = Lab.fleet(1).open(everyone());
        rejected(
                lab.decide(open(lab, "r-2", everyone())),
                RejectionCode.DATABASE_BUSY,
                "1 database that the strategy selects is part of rollout r-1, which is open:");
    }

    @Test
    void soakSaysWhatComesAfterIt() {
        Lab lab = Phases.in(RolloutPhase.SOAKING).lab();
        assertThat(lab.status().detail())
                .startsWith("wave canary soaks until " + Texts.time(lab.now().plus(Phases.SOAK)))
                .endsWith("then waits for an approval; one that is given now counts from then on");
        Command approve =
                new Command.Approve(ROLLOUT, Optional.empty(), Optional.empty(), PERSON, lab.now());
        assertThat(lab.run(approve).reply().message())
                .endsWith(
                        "wave rest may start when the soak ends, at "
                                + Texts.time(lab.now().plus(Phases.SOAK))
                                + ", without anybody looking again; 'skein rollout revoke' takes"
                                + " this back until then");
        assertThat(lab.status().detail())
                .endsWith("then the next wave starts, as ann has approved");
    }

    @Test
    void whatNoWaveTakesIsLeftOverAndNotLate() {
        // given
        Lab lab = Lab.fleet(3).open(strategy().count("some", 1).build());
        // when
        lab.announce(IntStream.rangeClosed(1, 4).mapToObj(Lab::db).toList(), id -> new TreeMap<>());
        // then
        assertThat(lab.status().late()).isEmpty();
        assertThat(lab.status().leftOver()).isEqualTo(3);
    }

    @Test
    void oneDatabaseOfAPassedWaveIsOne() {
        Lab lab =
                Lab.fleet(2)
                        .open(
                                strategy()
                                        .onFailure(OnFailure.CONTINUE)
                                        .budget(2)
                                        .percent("all", 100)
                                        .build());
        lab.advance();
        reports(lab).failed(db(1), db(2));
        lab.advance();
        lab.run(retry(lab, db(1)));
        assertThat(lab.status().detail()).isEqualTo("1 database of passed waves is not done");
    }

    @Test
    void lateDatabasesAreToldWhenTheRolloutCloses() {
        // given
        Lab lab = Lab.fleet(1).open(everyone());
        lab.advance();
        lab.announce(List.of(db(1), db(2)), id -> new TreeMap<>());
        assertThat(lab.status().late()).containsExactly(db(2));
        // when
        reports(lab).applied(db(1));
        lab.advance();
        // then
        assertThat(lab.status().detail())
                .isEqualTo(
                        "1 applied, 0 failed, 0 rolled back; 1 database came late and is not part"
                                + " of it");
    }
}
