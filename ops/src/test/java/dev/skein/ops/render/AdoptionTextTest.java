package dev.skein.ops.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdoptionTextTest {
    private static final String FOUND =
            """
            plan: { id: 15bc2072adb3ffff, name: billing, version: '9' }
            databases: 9
            groups:
              - count: 6
                databases: [pg/a, pg/b, pg/c, pg/d, pg/e, pg/f]
                findings: { version: '7', missing: [{ first: '8', last: '9', count: 2 }] }
              - count: 1
                databases: [pg/g]
                findings:
                  version: '7'
                  missing: [{ first: '5', last: '5', count: 1 },
                            { first: '8', last: 'R:views', count: 3 }]
                  differing: [{ migration: '3', recorded: '111', planned: '222' }]
                  unknown: ['6.1', '6.2']
                  failed: ['8']
                  lockStuck: true
              - count: 1
                databases: [pg/h]
                findings: { missing: [] }
            unread:
              - { database: pg/i, state: failed, reason: no connection within 15 s }
            """;

    private static final String GROUPS =
            """
            plan 15bc2072adb3 (billing), up to version 9: 8 databases read

            version 7: 6 databases
              missing 2: 8 to 9
              such as pg/a, pg/b, pg/c, pg/d, pg/e
            version 7: 1 database with another checksum
              migration 3 has checksum 111, the plan 222
              missing 4: 5, 8 to R:views
              applied and not in the plan: 6.1, 6.2
              failed or not finished: 8
              the framework's lock is set
              pg/g
            no version: 1 database
              nothing missing
              pg/h

            1 database could not be read
              pg/i  failed: no connection within 15 s
            """;

    @Test
    void groupsAreShownWithWhatTheyHaveInCommon() {
        assertThat(AdoptionText.of(Samples.of(FOUND)))
                .isEqualTo(
                        GROUPS
                                + """

                                nothing was written; --confirm adopts those that agree with the plan
                                every database of each group is listed with --output json
                                """);
    }

    @Test
    void whatBecameOfLedgersIsShown() {
        String ledgers =
                """
                ledgers:
                  - { database: pg/a, state: another-log, reason: it obeys log-a }
                  - { database: pg/b, state: behind, reason: a dump }
                  - { database: pg/c, state: behind, reason: a dump }
                """;
        assertThat(AdoptionText.of(Samples.of(FOUND + ledgers)))
                .startsWith(
                        GROUPS
                                + """

                                3 databases with a ledger that is not as the log left it
                                  pg/a  another-log: it obeys log-a
                                  2 databases  behind: a dump
                                    pg/b, pg/c
                                """);
    }

    @Test
    void adoptionSaysHowManyAndWhyNotTheOthers() {
        String adopted =
                """
                adoption: r-2
                adopted: 6
                refused: [{ database: pg/g, state: failed, reason: 'not adopted: failed' }]
                """;
        assertThat(AdoptionText.of(Samples.of(FOUND + adopted)))
                .isEqualTo(
                        GROUPS
                                + """

                                6 databases adopted

                                1 database not adopted
                                  pg/g  failed: not adopted: failed
                                every database of each group is listed with --output json
                                """);
    }

    @Test
    void databasesWithOneReasonAreToldTogether() {
        // given
        String adopted =
                """
                adoption: r-2
                adopted: 6
                refused: [{ database: pg/h, state: failed, reason: same },
                          { database: pg/g, state: failed, reason: same },
                          { database: pg/i, state: stopped, reason: other }]
                """;
        // when
        String text = AdoptionText.of(Samples.of(FOUND + adopted));
        // then
        assertThat(text)
                .contains(
                        """
                        3 databases not adopted
                          2 databases  failed: same
                            pg/g, pg/h
                          pg/i  stopped: other
                        """);
    }

    @Test
    void longListsAndLongChecksumsAreCut() {
        // given
        String sum = "0123456789abcdef0123456789abcdef";
        StringBuilder found =
                new StringBuilder("plan: { id: 15bc2072adb3ffff, name: billing, version: '9' }\n");
        found.append("databases: 1\nunread: []\ngroups:\n  - count: 1\n    databases: [pg/a]\n");
        found.append("    findings:\n      version: '9'\n      missing: [");
        for (int i = 1; i <= 7; i++) {
            found.append("{ first: '" + i + "', last: '" + i + "', count: 1 },");
        }
        found.append("]\n      unknown: [a, b, c, d, e, f]\n      differing: [");
        for (int i = 1; i <= 7; i++) {
            found.append("{ migration: '" + i + "', recorded: '" + sum + "', planned: '8' },");
        }
        // when
        String text = AdoptionText.of(Samples.of(found.append("]\n").toString()));
        // then
        assertThat(text)
                .contains(
                        """
                          migration 5 has checksum 0123456789abcdef, the plan 8
                          and 2 more with another checksum
                          missing 7: 1, 2, 3, 4, 5 and 2 more
                          applied and not in the plan: a, b, c, d, e and 1 more
                        """);
    }
}
