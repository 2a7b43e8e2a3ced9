package dev.skein.ops.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepairTextTest {
    @Test
    void databaseWithAFailedRowNamesTheVerbThatMendsIt() {
        String database =
                "{ database: pg/acme, version: '2', agent: eu-1, rollout: r-1, state: failed,"
                        + " reason: 'the version table says no', code: failed-row }";
        assertThat(DatabaseText.database(Samples.of(database)))
                .isEqualTo(
                        """
                        pg/acme
                          version  2
                          agent    eu-1
                          labels   -
                          rollout  r-1
                          state    failed
                          why      the version table says no
                          mend     skein database repair pg/acme
                        """);
    }

    @Test
    void interruptedStepOfWhichNobodyCanTellNamesBothAnswers() {
        String database = "{ database: pg/acme, state: failed, code: undecided }";
        assertThat(DatabaseText.database(Samples.of(database)))
                .endsWith(
                        "  mend     skein database repair pg/acme --step-done, if it took effect;"
                                + " --step-not-done, if it left nothing behind\n");
    }

    @Test
    void lockThatIsStuckNamesTheVerbAsWell() {
        String database = "{ database: pg/acme, state: failed, code: locked }";
        assertThat(DatabaseText.database(Samples.of(database)))
                .endsWith("  mend     skein database repair pg/acme\n");
    }

    @Test
    void otherFailuresNameNoVerb() {
        String failed = "{ database: pg/acme, state: failed, code: sql-error }";
        String waiting = "{ database: pg/acme, state: running, code: failed-row }";
        assertThat(DatabaseText.database(Samples.of(failed))).doesNotContain("mend");
        assertThat(DatabaseText.database(Samples.of(waiting))).doesNotContain("mend");
    }

    @Test
    void outcomeSaysWhatWasAskedAndHowTheDatabaseReads() {
        String mended =
                "{ database: pg/acme, rollout: r-1, state: applied, message: 1 database will be"
                        + " ordered once more, reason: every step of the plan is in it }";
        assertThat(RepairText.outcome(Samples.of(mended)))
                .isEqualTo(
                        "1 database will be ordered once more\n"
                                + "pg/acme is applied: every step of the plan is in it\n");
    }

    @Test
    void outcomeThatIsNotThereYetSaysHowToWatch() {
        String waiting =
                "{ database: pg/acme, rollout: r-1, state: pending, message: asked, reason: the"
                        + " rollout is paused by ann }";
        assertThat(RepairText.outcome(Samples.of(waiting)))
                .isEqualTo(
                        "asked\npg/acme is pending: the rollout is paused by ann\nwatch it with\n"
                                + "  skein rollout watch r-1\n");
    }
}
