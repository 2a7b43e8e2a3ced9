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

                        WAVE      PHASE           DATABASES  FAILED/BUDGET  STATES
                        canary    passed          1          0/0            none
                        everyone  running (late)  4          1/0            pending 3, failed 1

                        failures
                          pg/acme  failed: step 1/8: no
                          and 2 more

                        1 database appeared after it was opened, not part of it so far

                        next, one of
                          skein rollout retry r-1
                          skein rollout resume r-1
                          skein rollout rollback r-1 --all
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
    void rolloutThatWaitsForApprovalNamesTheDigestToApprove() {
        JsonNode rollout = Samples.of("{ id: r-2, phase: awaiting-approval, digest: 77aa }");
        assertThat(RolloutText.hint(rollout))
                .isEqualTo("\nnext\n  skein rollout approve r-2 --digest 77aa\n");
    }

    @Test
    void soakCanBeCutShort() {
        assertThat(RolloutText.hint(Samples.of("{ id: r-2, phase: soaking }")))
                .isEqualTo("\nit goes on by itself, or now with\n  skein rollout promote r-2\n");
    }

    @Test
    void rolloutThatRunsNeedsNobody() {
        assertThat(RolloutText.hint(Samples.of("{ id: r-2, phase: running }"))).isEmpty();
    }

    @Test
    void listHasALineForEach() {
        ObjectNode list = (ObjectNode) Samples.of("{ items: [] }");
        list.withArray("items").add(Samples.paused());
        assertThat(RolloutText.list(list))
                .isEqualTo(
                        """
                        ROLLOUT  PLAN     PHASE   DATABASES  STATES               OPENED  BY
                        r-1      billing  paused  5          pending 3, failed 1  -       ann
                        """);
    }
}
