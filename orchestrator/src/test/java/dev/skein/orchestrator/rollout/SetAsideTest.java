package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Lab.AGENT;
import static dev.skein.orchestrator.rollout.Lab.PERSON;
import static dev.skein.orchestrator.rollout.Lab.ROLLOUT;
import static dev.skein.orchestrator.rollout.Lab.db;
import static dev.skein.orchestrator.rollout.Reports.reports;
import static dev.skein.orchestrator.rollout.Strategies.strategy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.fleet.AgentState;
import dev.skein.orchestrator.fleet.FoldOutcome;
import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.log.Topic;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an agent wrote and nobody can read concerns its own database, and costs no other one. */
class SetAsideTest {
    private static final String PROBLEM = "the record is no event envelope";
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Lab lab = Lab.fleet(3).open(strategy().budget(1).percent("all", 100).build());

    @BeforeEach
    void order() {
        lab.advance();
        lab.after(MOMENT);
    }

    private FoldOutcome unreadable(Topic topic, String key) {
        return lab.unreadable(topic, key, PROBLEM);
    }

    private FoldOutcome unreadableReport(int number) {
        return unreadable(Topic.PROGRESS, db(number).toString());
    }

    private TargetState state(int number) {
        return lab.status(db(number)).state();
    }

    private AgentState agent() {
        return lab.fleet().agent(AGENT).orElseThrow();
    }

    @Test
    void databaseWhoseReportCannotBeReadNeedsAttentionAndTheOthersGoOn() {
        assertThat(unreadableReport(1)).isEqualTo(FoldOutcome.SET_ASIDE);
        reports(lab).applied(db(2));

        assertThat(state(1)).isEqualTo(TargetState.NEEDS_ATTENTION);
        assertThat(lab.status(db(1)).reason())
                .startsWith("record progress/")
                .contains(PROBLEM)
                .contains("a retry makes its ledger tell again");
        assertThat(state(2)).isEqualTo(TargetState.APPLIED);
        assertThat(state(3)).isEqualTo(TargetState.ORDERED);
    }

    @Test
    void missingReportsAreToldAgainAfterARetryAndNothingIsLeftToAttendTo() {
        // given
        reports(lab).accepted(db(1));
        unreadableReport(1);
        assertThat(lab.report(3, applied(1))).isEqualTo(FoldOutcome.SET_ASIDE);
        assertThat(state(1)).isEqualTo(TargetState.NEEDS_ATTENTION);
        assertThat(lab.status(db(1)).reason()).contains("(and 1 more)");
        // when
        lab.run(new Command.Retry(ROLLOUT, List.of(), PERSON, lab.now()));
        List<OrderIssued> orders = lab.advance();
        // then
        assertThat(orders)
                .singleElement()
                .satisfies(
                        order -> {
                            assertThat(order.database()).isEqualTo(db(1));
                            assertThat(order.lastSequence()).isEqualTo(1);
                        });
        assertThat(state(1)).isEqualTo(TargetState.ORDERED);
        lab.report(2, applied(1));
        reports(lab).accepted(db(1)).applied(db(1));
        assertThat(state(1)).isEqualTo(TargetState.APPLIED);
        assertThat(lab.fleet().database(db(1)).setAside()).isEmpty();
    }

    @Test
    void whatHasComeToAGoodEndStaysSoInItsRollout() {
        reports(lab).applied(db(1));

        unreadableReport(1);

        assertThat(state(1)).isEqualTo(TargetState.APPLIED);
        assertThat(lab.fleet().database(db(1)).setAside()).isPresent();
    }

    @Test
    void recordOfBeforeTheOrderSaysNothingAboutIt() {
        Lab other = Lab.fleet(1);
        other.unreadable(Topic.PROGRESS, db(1).toString(), PROBLEM);
        other.after(MOMENT);
        other.open(strategy().percent("all", 100).build()).advance();

        assertThat(other.status(db(1)).state()).isEqualTo(TargetState.ORDERED);
    }

    @Test
    void databaseThatNeedsAttentionCountsAgainstTheBudgetAndCanBeSkipped() {
        unreadableReport(1);
        unreadableReport(2);
        lab.advance();

        assertThat(lab.status().detail()).contains("2 of 3 databases failed, 1 allowed");
        lab.run(new Command.Skip(ROLLOUT, List.of(db(1)), "gone", PERSON, lab.now()));
        assertThat(state(1)).isEqualTo(TargetState.SKIPPED);
    }

    /** Compaction leaves the latest record of a key, so what an earlier one said is void. */
    @Test
    void agentsAnnouncementThatCannotBeReadVoidsTheEarlierOneUntilTheNext() {
        unreadable(Topic.AGENTS, AGENT + "/server/pg-1");

        assertThat(lab.fleet().inventory().databases()).isEmpty();
        assertThat(agent().setAside()).containsOnlyKeys(AGENT + "/server/pg-1");
        lab.announce(List.of(db(1)), id -> new TreeMap<>());
        assertThat(lab.fleet().inventory().databases()).containsOnlyKeys(db(1));
        assertThat(agent().setAside()).isEmpty();
    }

    @Test
    void agentThatCannotSayThatItIsAliveIsShownAsBroken() {
        unreadable(Topic.AGENTS, AGENT + "/heartbeat");
        assertThat(agent().heartbeat()).isEmpty();
        assertThat(agent().setAside()).hasSize(1);
        lab.heartbeat();
        assertThat(agent().setAside()).isEmpty();
    }

    @Test
    void keyThatNamesNobodyStandsForItself() {
        unreadable(Topic.PROGRESS, "nonsense");
        unreadable(Topic.AGENTS, "no such key");
        assertThat(lab.fleet().view().strays()).hasSize(2);
    }

    private DatabaseApplied applied(int number) {
        IssuedOrder order = lab.fleet().database(db(number)).orders().last().orElseThrow();
        return new DatabaseApplied(
                db(number), order.rollout(), order.epoch(), "1", Reports.ALL, lab.now());
    }
}
