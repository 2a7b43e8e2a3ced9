package dev.skein.ops.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DryRunTextTest {
    private static final String TOLD =
            """
            dryRun: true
            verb: rollback
            message: taking back 3 databases
            databases: 4
            groups:
              - outcome: runs
                version: '3'
                versionAfter: '2'
                steps: 2
                migrations: [{ migration: '3', script: V3.sql, direction: down, steps: 2 }]
                reason: what V3.sql made stays
                databases: [pg/a, pg/b]
              - outcome: runs
                version: '1'
                steps: 1
                migrations: [{ migration: '1', script: V1.sql, direction: down, steps: 1 }]
                databases: [pg/c]
              - outcome: blocked
                version: '4'
                steps: 0
                migrations: []
                reason: rollout r-2 has changed it since
                databases: [pg/d]
            """;

    @Test
    void eachGroupSaysWhatItWouldRunOrWhyNot() {
        assertThat(DryRunText.of(Samples.of(TOLD), Columns.unlimited()))
                .isEqualTo(
                        """
                        dry run: nothing is written
                        taking back 3 databases

                        2 databases from version 3 to version 2, 2 steps
                          down  V3.sql  2 steps
                          what V3.sql made stays
                          pg/a, pg/b

                        1 database from version 1 to no version, 1 step
                          down  V1.sql  1 step
                          pg/c

                        1 database at version 4, blocked: rollout r-2 has changed it since
                          pg/d

                        told from what agents have reported; each reads its database first
                        """);
    }
}
