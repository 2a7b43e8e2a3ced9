package dev.skein.ops.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class RolloutTextTest {
    @Test
    void statusShowsWavesFailuresAndWhatAPersonCanDo() {
        assertThat(RolloutText.status(Samples.paused()))
                .isEqualTo(
                        """
                        rollout r-1  billing (15bc2072adb3)
                        paused: quiesced, paused by strategy
                        5 databases: pending 3, failed 1

                        WAVE      PHASE                DATABASES  FAILED/BUDGET  STATES
                        canary    passed               1          0/0            none
                        everyone  under way (overdue)  4          1+3/0          pending 3, failed 1

                        failures
                          pg/acme  failed: step 1/8: no
                          and 2 more

                        1 database appeared after it was opened, not part of it so far

                        next, one of
                          skein rollout retry r-1
                          skein rollout skip r-1 --database pg/acme
                          skein rollout rollback r-1 --all
                          skein rollout abort r-1
                        """);
    }

    @Test
    void statusListsTheDatabasesThatWereAskedFor() {
        ObjectNode rollout = (ObjectNode) Samples.of("{ id: r-2, phase: running, databases: 1 }");
        JsonNode list =
                Samples.of(
                        "[{ database: pg/acme, wave: canary, state: running, stepsDone: 3,"
                                + " stepsTotal: 8, agent: eu-1, reason: steps run }]");
        rollout.set("databaseList", list);
        assertThat(RolloutText.status(rollout))
                .endsWith(
                        """

                        DATABASE  WAVE    STATE    STEPS  AGENT  WHY
                        pg/acme   canary  running  3/8    eu-1   steps run
                        """);
    }

    @Test
    void whatIsHalfDoneAndWhatHoldsItUpIsTold() {
        JsonNode rollout =
                Samples.of(
                        """
                        id: r-1
                        phase: aborted
                        closedAt: 2026-01-01T00:00:00Z
                        failedBefore: [{ database: pg/b, cause: 'no table t' }]
                        failedBeforeTotal: 1
                        heldUp: [{ database: pg/c, state: pending, reason: no agent announces it }]
                        heldUpTotal: 3
                        halfDone: [{ database: pg/a, reason: step 1 of 1 was begun }]
                        halfDoneTotal: 1
                        verbs: [{ verb: rollback, databases: [pg/a] }]
                        """);
        assertThat(RolloutText.status(rollout))
                .endsWith(
                        """

                        failed before the rollback
                          pg/b  no table t

                        held up
                          pg/c  pending: no agent announces it
                          and 2 more

                        half done
                          pg/a  step 1 of 1 was begun

                        next, one of
                          skein rollout rollback r-1 --database pg/a
                        """);
    }

    @Test
    void listHasALineForEach() {
        ObjectNode list = (ObjectNode) Samples.of("{ items: [] }");
        list.withArray("items").add(Samples.paused());
        assertThat(RolloutText.list(list))
                .isEqualTo(
                        """
                        ROLLOUT  PLAN     PHASE   STATES               OPENED  BY
                        r-1      billing  paused  pending 3, failed 1  -       ann
                        """);
    }
}
