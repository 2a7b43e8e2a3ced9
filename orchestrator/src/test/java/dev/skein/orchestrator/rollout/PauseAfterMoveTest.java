package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Asked.back;
import static dev.skein.orchestrator.rollout.Asked.everyone;
import static dev.skein.orchestrator.rollout.Lab.AGENT;
import static dev.skein.orchestrator.rollout.Lab.PERSON;
import static dev.skein.orchestrator.rollout.Lab.ROLLOUT;
import static dev.skein.orchestrator.rollout.Lab.db;
import static dev.skein.orchestrator.rollout.Reports.NOTHING;
import static dev.skein.orchestrator.rollout.Reports.reports;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.id.AgentId;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A pause after a database went to another agent, whose order failed before it reached the
 * database: the agent before it may not have heard of that yet.
 */
class PauseAfterMoveTest {
    private static final AgentId OTHER = new AgentId("eu-2");

    private final Lab lab = Lab.fleet(1).open(everyone());

    @BeforeEach
    void firstOrderIsWithTheFirstAgent() {
        assertThat(lab.advance()).extracting(OrderIssued::agent).containsExactly(AGENT);
    }

    private void moves() {
        lab.announce(List.of(), id -> new TreeMap<>());
        lab.agentStarts(OTHER, "run-1");
        lab.announce(OTHER, List.of(db(1)), id -> new TreeMap<>());
        lab.run(back(lab, RollbackScope.ALL));
        assertThat(lab.advance()).extracting(OrderIssued::agent).containsExactly(OTHER);
    }

    private void pause() {
        if (lab.rollout().pause().isEmpty()) {
            lab.run(new Command.Pause(ROLLOUT, "look", PERSON, lab.now()));
        }
    }

    @Test
    void failureThatNeverReachedTheDatabaseLeavesTheRolloutDraining() {
        // given
        reports(lab).accepted(db(1));
        moves();
        // when
        reports(lab).failedBeside(db(1));
        pause();
        // then
        assertThat(lab.status().quiesced()).isFalse();
        assertThat(lab.status().detail()).startsWith("draining (1 running)");
        assertThat(lab.status(db(1)).state()).isEqualTo(TargetState.ROLLBACK_FAILED);
        assertThat(lab.status(db(1)).reason())
                .contains("users exists; order 1, at another agent, may still be at work");
    }

    @Test
    void failureThatIsInTheLedgerEndsTheDoubt() {
        // given
        reports(lab).accepted(db(1));
        moves();
        // when
        reports(lab).failed(db(1));
        pause();
        // then
        assertThat(lab.status().quiesced()).isTrue();
        assertThat(lab.status(db(1)).reason()).doesNotContain("at another agent");
    }

    @Test
    void wordOfTheFirstAgentEndsTheDoubt() {
        // given
        reports(lab).accepted(db(1));
        moves();
        reports(lab).failedBeside(db(1));
        pause();
        // when
        lab.reportUncounted(new OrderStopped(db(1), ROLLOUT, 1, NOTHING, lab.now()));
        reports(lab).paused(db(1), 1);
        // then
        assertThat(lab.status().quiesced()).isTrue();
    }

    @Test
    void lateEndOfTheFirstOrderEndsTheDoubt() {
        // given
        reports(lab).accepted(db(1));
        moves();
        reports(lab).failedBeside(db(1));
        pause();
        // when
        lab.report(new DatabaseApplied(db(1), ROLLOUT, 1, "1", new Progress(1, 1), lab.now()));
        reports(lab).paused(db(1), 1);
        // then
        assertThat(lab.status().quiesced()).isTrue();
    }

    @Test
    void firstOrderThatHadEndedIsInNoDoubt() {
        // given
        reports(lab).applied(db(1));
        moves();
        // when
        reports(lab).failedBeside(db(1));
        pause();
        reports(lab).paused(db(1), 1);
        // then
        assertThat(lab.status().quiesced()).isTrue();
    }

    /** A new process of the same agent takes such an order up again. */
    @Test
    void failureBesideTheLedgerIsNotQuiescedBeforeTheAgentHasConfirmedThePause() {
        // given
        reports(lab).failedBeside(db(1));
        pause();
        assertThat(lab.status().detail()).startsWith("draining (1 running)");
        // when
        reports(lab).paused(db(1), 1);
        // then
        assertThat(lab.status().quiesced()).isTrue();
    }
}
