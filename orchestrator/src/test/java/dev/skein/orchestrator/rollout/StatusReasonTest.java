package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Lab.PERSON;
import static dev.skein.orchestrator.rollout.Lab.ROLLOUT;
import static dev.skein.orchestrator.rollout.Lab.db;
import static dev.skein.orchestrator.rollout.Reports.reports;
import static dev.skein.orchestrator.rollout.Strategies.strategy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.AgentHeartbeat;
import dev.skein.protocol.event.Blocker;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RunUnderWay;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.event.StepRetried;
import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.ScriptStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every database that waits can say why. */
class StatusReasonTest {
    private static Lab ordered(int databases, int maxInFlight) {
        Lab lab = Lab.fleet(databases);
        lab.open(strategy().maxInFlight(maxInFlight).percent("all", 100).build());
        lab.advance();
        return lab;
    }

    private static DatabaseStatus pending(Lab lab) {
        return StatusQueries.databases(lab.fleet(), lab.rollout(), lab.now()).stream()
                .filter(each -> each.state() == TargetState.PENDING)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void waitsForAPlaceInTheWave() {
        assertThat(pending(ordered(3, 2)).reason()).isEqualTo("2 of 2 of wave all in flight");
    }

    @Test
    void whatFailedForwardAndBackForTheSameReasonSaysItOnce() {
        Lab lab = ordered(1, 1);
        reports(lab).failed(db(1), "another-log");
        lab.run(
                new Command.Rollback(
                        ROLLOUT,
                        RollbackScope.ALL,
                        List.of(),
                        Optional.empty(),
                        "",
                        PERSON,
                        lab.now()));
        lab.advance();
        reports(lab).failed(db(1), "another-log");
        assertThat(lab.status(db(1)).reason())
                .isEqualTo("another-log; it had failed with another-log before, too");
    }

    @Test
    void waitsForItsWave() {
        Lab lab = Lab.fleet(2).open(strategy().count("a", 1).percent("b", 100).build());
        lab.advance();
        assertThat(pending(lab).reason()).isEqualTo("wave b has not started");
    }

    @Test
    void waitsForTheAgentOrForAPlaceOnItsServer() {
        Lab lab = ordered(1, 1);
        assertThat(lab.status(db(1)).reason()).isEqualTo("waits for agent eu-1 to take it");
        lab.agent(new AgentHeartbeat(Lab.AGENT, "run-1", 4, 1, lab.now()));
        assertThat(lab.status(db(1)).reason()).isEqualTo("waits for a place on server pg-1");
    }

    @Test
    void programThatCarriesOutAStepIsNamedWithItsLastLine() {
        // given
        Lab lab = ordered(1, 1);
        StepRef step = new StepRef("7", 0, Direction.UP);
        reports(lab).accepted(db(1)).started(db(1), step);
        RunUnderWay run = new RunUnderWay(db(1), "billing", "r3", Optional.of("12 of 40"));
        // when
        lab.agent(heartbeat(lab, "run-1", run));
        // then
        assertThat(lab.status(db(1)).reason())
                .endsWith("; runner 'billing' runs r3, which printed: 12 of 40");
        assertThat(lab.status(db(1)).run()).contains(run);
        // when
        lab.agent(heartbeat(lab, "run-0", run));
        // then
        assertThat(lab.status(db(1)).run()).isEmpty();
    }

    private static AgentHeartbeat heartbeat(Lab lab, String instance, RunUnderWay run) {
        return new AgentHeartbeat(Lab.AGENT, instance, 1, 0, Optional.of(List.of(run)), lab.now());
    }

    @Test
    void waitsForThePauseToEnd() {
        Lab lab = ordered(3, 2);
        lab.run(new Command.Pause(ROLLOUT, "lunch", PERSON, lab.now()));
        assertThat(pending(lab).reason()).isEqualTo("the rollout is paused by ann: lunch");
    }

    @Test
    void agentsWordsForAStepAreSaidOnce() {
        // given
        Lab lab = ordered(1, 1);
        Blocker psql = new Blocker(123, "ann", "psql", "idle in transaction", Optional.empty());
        StepFailure failure =
                new StepFailure(
                        "lock-timeout",
                        Optional.of("55P03"),
                        "step 3/7: lock not acquired in 2000 ms, held by psql (attempt 4 of"
                                + " 10), next attempt in 800 ms",
                        true,
                        List.of(psql));
        StepRef step = new StepRef("7", 2, Direction.UP);
        // when
        lab.report(
                new StepRetried(
                        db(1),
                        ROLLOUT,
                        1,
                        step,
                        4,
                        10,
                        failure,
                        Duration.ofMillis(800),
                        lab.now()));
        // then
        assertThat(lab.status(db(1)).state()).isEqualTo(TargetState.RUNNING);
        assertThat(lab.status(db(1)).reason()).isEqualTo(failure.message());
    }

    @Test
    void orderOfASilentAgentIsUnreachable() {
        Lab lab = ordered(1, 1).silence(Duration.ofSeconds(45));
        assertThat(lab.status(db(1)).state()).isEqualTo(TargetState.UNREACHABLE);
        assertThat(lab.status(db(1)).reason()).isEqualTo("agent eu-1 silent for 45 s");
    }

    @Test
    void failureIsTold() {
        Lab lab = ordered(1, 1);
        reports(lab).failed(db(1));
        assertThat(lab.status(db(1)).reason()).isEqualTo("users exists");
    }

    /** As of a database into which somebody put an older dump. */
    @Test
    void versionThatASurveySawBelowThePlansLastIsTold() {
        // given
        Lab lab = Lab.fleet(1, migration("1"), migration("2"));
        lab.open(strategy().percent("all", 100).build());
        lab.advance();
        reports(lab).accepted(db(1)).applied("2", db(1));
        assertThat(lab.status(db(1)).reason())
                .isEqualTo("every step of the plan is in it, 1/1 steps");
        // when
        lab.report(
                new DatabaseSurveyed(
                        db(1),
                        new RolloutId("r-2"),
                        2,
                        new SurveyFindings(
                                Optional.of("1"),
                                1,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                false),
                        lab.now()));
        // then
        assertThat(lab.status(db(1)).reason())
                .isEqualTo(
                        "every step of the plan is in it, 1/1 steps; since then it was seen at"
                                + " version 1");
    }

    private static Migration migration(String version) {
        return new Migration(
                MigrationKind.VERSIONED,
                version,
                "users",
                "V" + version + "__users.sql",
                Optional.empty(),
                List.of(new ScriptStep("select 1")),
                Optional.empty());
    }

    @Test
    void strangerHasNoStatus() {
        Lab lab = ordered(1, 1);
        DatabaseId stranger = db(99);
        assertThat(StatusQueries.database(lab.fleet(), lab.rollout(), stranger, lab.now()))
                .isEmpty();
    }
}
