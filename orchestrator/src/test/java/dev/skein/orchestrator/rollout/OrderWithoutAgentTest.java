package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Asked.everyone;
import static dev.skein.orchestrator.rollout.Lab.AGENT;
import static dev.skein.orchestrator.rollout.Lab.PERSON;
import static dev.skein.orchestrator.rollout.Lab.ROLLOUT;
import static dev.skein.orchestrator.rollout.Lab.db;
import static dev.skein.orchestrator.rollout.Reports.reports;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.AnnouncedDatabase;
import dev.skein.protocol.event.ServerAnnounced;
import dev.skein.protocol.id.DatabaseId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * An order that is with an agent that no longer has the database and may never answer: what people
 * read, and which verb lets the rollout go on.
 */
class OrderWithoutAgentTest {
    @Test
    void whatTheAgentNoLongerAnnouncesIsNamedAndCanBeSkipped() {
        // given
        Lab lab = ordered();
        // when
        announces(lab, Optional.empty(), db(1));
        // then
        DatabaseStatus gone = lab.status(db(2));
        assertThat(gone.state()).isEqualTo(TargetState.UNREACHABLE);
        assertThat(gone.reason())
                .isEqualTo(
                        "agent eu-1 has order 1 and no longer announces the database; it goes on"
                                + " when the agent has it again");
        assertThat(lab.status().heldUp())
                .extracting(DatabaseStatus::database)
                .containsExactly(db(2));
        assertThat(lab.status().needsPerson()).isFalse();
        reports(lab).applied(db(1));
        assertThat(lab.status().needsPerson()).isTrue();
        // when
        lab.run(new Command.Skip(ROLLOUT, List.of(db(2)), "gone", PERSON, lab.now()));
        lab.advance();
        // then
        assertThat(lab.status().phase()).isEqualTo(RolloutPhase.COMPLETED);
    }

    @Test
    void whyTheAgentsListIsNotWholeIsSaid() {
        // given
        Lab lab = ordered();
        // when
        announces(lab, Optional.of("query 1 failed: permission denied"), db(1));
        // then
        assertThat(lab.status(db(2)).reason())
                .contains("no longer announces the database (query 1 failed: permission denied)");
    }

    @Test
    void anAbortNamesWhatItWaitsForAndEndsWithASkip() {
        // given
        Lab lab = ordered();
        announces(lab, Optional.empty(), db(1));
        reports(lab).applied(db(1));
        // when
        lab.run(new Command.Abort(ROLLOUT, "enough", PERSON, lab.now()));
        lab.advance();
        // then
        assertThat(lab.status().detail()).endsWith("that no agent can reach: pg-1/db-2");
        assertThat(lab.status().needsPerson()).isTrue();
        // when
        lab.run(new Command.Skip(ROLLOUT, List.of(db(2)), "gone", PERSON, lab.now()));
        lab.advance();
        // then
        assertThat(lab.status().phase()).isEqualTo(RolloutPhase.ABORTED);
    }

    @Test
    void aPauseNamesWhomItHasNoWordOf() {
        // given
        Lab lab = ordered();
        announces(lab, Optional.empty(), db(1));
        reports(lab).applied(db(1));
        // when
        lab.run(new Command.Pause(ROLLOUT, "lunch", PERSON, lab.now()));
        // then
        assertThat(lab.status().detail())
                .isEqualTo(
                        "draining (1 running), paused by ann: lunch; nobody can tell of 1 database"
                                + " whether it has stopped: pg-1/db-2");
        assertThat(lab.status().needsPerson()).isTrue();
    }

    @Test
    void whatComesBackIsTakenUp() {
        // given
        Lab lab = ordered();
        announces(lab, Optional.empty(), db(1));
        // when
        announces(lab, Optional.empty(), db(1), db(2));
        // then
        assertThat(lab.status(db(2)).state()).isEqualTo(TargetState.ORDERED);
        assertThat(lab.status().heldUp()).isEmpty();
    }

    private static Lab ordered() {
        Lab lab = Lab.fleet(2).open(everyone());
        lab.advance();
        return lab;
    }

    private static void announces(Lab lab, Optional<String> problem, DatabaseId... databases) {
        List<AnnouncedDatabase> announced =
                Arrays.stream(databases)
                        .map(id -> new AnnouncedDatabase(id, new TreeMap<>()))
                        .toList();
        lab.agent(new ServerAnnounced(AGENT, "run-1", "pg-1", 4, announced, problem, lab.now()));
    }
}
