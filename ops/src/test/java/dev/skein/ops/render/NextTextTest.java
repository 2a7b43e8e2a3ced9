package dev.skein.ops.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NextTextTest {
    private static String of(String yaml) {
        return NextText.of(Samples.of(yaml));
    }

    @Test
    void rolloutThatWaitsForApprovalNamesTheDigestToApprove() {
        assertThat(
                        of(
                                "{ id: r-2, phase: awaiting-approval, needsPerson: true, verbs: [{"
                                        + " verb: approve, digest: 77aa }, { verb: pause }] }"))
                .isEqualTo("\nnext, one of\n  skein rollout approve r-2 --digest 77aa\n");
    }

    @Test
    void soakCanBeCutShort() {
        assertThat(
                        of(
                                "{ id: r-2, phase: soaking, verbs: [{ verb: promote }, { verb:"
                                        + " abort }] }"))
                .isEqualTo("\nit can be let on before that with\n  skein rollout promote r-2\n");
    }

    /** It does not end the soak. */
    @Test
    void approvalInASoakIsForAfterIt() {
        assertThat(
                        of(
                                "{ id: r-2, phase: soaking, verbs: [{ verb: approve, digest: 77aa"
                                        + " }, { verb: promote }] }"))
                .isEqualTo(
                        "\nit can be let on before that with\n  skein rollout promote r-2\n"
                                + "\nthe approval for after it can be given now with\n"
                                + "  skein rollout approve r-2 --digest 77aa\n");
    }

    @Test
    void approvalGivenEarlyCanBeTakenBack() {
        assertThat(
                        of(
                                "{ id: r-2, phase: soaking, verbs: [{ verb: revoke }, { verb:"
                                        + " promote }] }"))
                .isEqualTo(
                        "\nit can be let on before that with\n  skein rollout promote r-2\n"
                                + "\nthe approval can be taken back with\n"
                                + "  skein rollout revoke r-2\n");
    }

    @Test
    void rolloutThatRunsNeedsNobody() {
        assertThat(of("{ id: r-2, phase: running, verbs: [{ verb: pause }, { verb: skip }] }"))
                .isEmpty();
    }

    @Test
    void whatHoldsARolloutUpCanBeSkipped() {
        assertThat(
                        of(
                                "{ id: r-2, phase: running, heldUp: [{ database: pg/a }], verbs:"
                                        + " [{ verb: skip, databases: [pg/a] }] }"))
                .isEqualTo("\nnext, one of\n  skein rollout skip r-2 --database pg/a\n");
    }

    /** A blank would make two words of it, and a semicolon two commands. */
    @Test
    void thatMoreCouldBeNamedIsSaid() {
        assertThat(
                        of(
                                "{ id: r-2, phase: running, heldUp: [{ database: pg/a }], verbs:"
                                        + " [{ verb: skip, databases: [pg/a, pg/b], more: 7 }] }"))
                .contains(
                        "  skein rollout skip r-2 --database pg/a --database pg/b\n"
                                + "    or for 7 more\n");
    }

    @Test
    void nameIsOneWordOfTheShell() {
        assertThat(ShellWord.of("pg-1/acme_2.x")).isEqualTo("pg-1/acme_2.x");
        assertThat(ShellWord.of("pg/;drop it's")).isEqualTo("'pg/;drop it'\\''s'");
        assertThat(ShellWord.of("pg/a\\'\u202e")).isEqualTo("$'pg/a\\\\\\'\\u202e'");
        assertThat(
                        of(
                                "{ id: r-2, phase: running, heldUp: [{ database: pg/a }], verbs:"
                                        + " [{ verb: skip, databases: ['pg/n ;x'] }] }"))
                .contains("skein rollout skip r-2 --database 'pg/n ;x'\n");
    }

    @Test
    void repairNamesWhatItSaysOfTheStep() {
        assertThat(
                        of(
                                "{ id: r-2, phase: paused, needsPerson: true, verbs: [{ verb:"
                                        + " repair, databases: [pg/a], repair: step-done }, {"
                                        + " verb: repair, databases: [pg/a], repair: books }] }"))
                .isEqualTo(
                        "\nnext, one of\n  skein database repair pg/a --rollout r-2 --step-done\n"
                                + "  skein database repair pg/a --rollout r-2\n");
    }

    @Test
    void rolloutThatEndedWellNeedsNobody() {
        assertThat(
                        of(
                                "{ id: r-2, phase: completed, closedAt: now, verbs: [{ verb:"
                                        + " rollback, all: true }] }"))
                .isEmpty();
    }
}
