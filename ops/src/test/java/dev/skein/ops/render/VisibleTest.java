package dev.skein.ops.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class VisibleTest {
    @Test
    void whatSteersATerminalIsWrittenOut() {
        assertThat(Visible.of("a\u001b[31m\u0007\n\tb\u009b\u202e\u2028"))
                .isEqualTo("a\\x1b[31m\\x07\\n\\tb\\x9b\\u202e\\u2028");
    }

    @Test
    void otherTextStaysAsItIs() {
        assertThat(Visible.of("größe 表 \ud83e\udebf – a\\nb"))
                .isEqualTo("größe 表 \ud83e\udebf – a\\nb");
    }

    @Test
    void planOfAHostileDirectorySteersNothing() {
        JsonNode plan =
                Samples.of(
                        """
                        id: 15bc2072adb3ffff
                        name: "bill\\e[31ming"
                        content:
                          migrations:
                            - version: "1\\x9b31m"
                              description: "red\\e[0m"
                              script: "V1__\\e[31mred.sql"
                              up: [{ sql: "select 1;\\n\\tselect '\\e[2J'" }]
                              down: []
                              generatedDown: { losses: ["column \\e[7mx"] }
                        """);

        assertThat(PlanText.plan(plan, true, Columns.unlimited()))
                .contains("1\\x9b31m", "V1__\\x1b[31mred.sql", "select 1;\n\tselect '\\x1b[2J'")
                .doesNotContain("\u001b", "\u009b");
    }

    @Test
    void reasonOfATenantCannotForgeALineOfAStatus() {
        JsonNode rollout =
                Samples.of(
                        "{ id: r-1, phase: running, detail: \"wave \\e[2Jx\", databases: 1,"
                                + " databaseList: [{ database: pg/acme, wave: all, state: failed,"
                                + " reason: \"no\\nr-1 completed\" }] }");

        assertThat(RolloutText.status(rollout))
                .contains("running: wave \\x1b[2Jx", "no\\nr-1 completed")
                .doesNotContain("\u001b", "\nr-1");
    }
}
