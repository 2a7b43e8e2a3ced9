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
}
