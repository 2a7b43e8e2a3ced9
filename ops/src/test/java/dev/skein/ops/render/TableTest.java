package dev.skein.ops.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    private static final Table TABLE =
            new Table("NAME", "STATE", "WHY")
                    .row("a".repeat(20) + "0", "ok", "none")
                    .row("a".repeat(20) + "1", "ok", "b".repeat(40));

    @Test
    void tableThatFitsIsNotTouched() {
        assertThat(TABLE.within(Columns.of(70))).isEqualTo(TABLE.toString());
    }

    @Test
    void cellsOfSeveralWordsAreBrokenBetweenThem() {
        Table table = new Table("NAME", "WHY").row("acme", "the lock is held by another one");
        assertThat(table.within(Columns.of(22)))
                .isEqualTo(
                        """
                        NAME  WHY
                        acme  the lock is held
                              by another one
                        """);
    }

    @Test
    void lastColumnOfWordsStandsUnderItsRowWhereThereIsNoRoomBeside() {
        Table table =
                new Table("DATABASE", "ROLLOUT", "WHY")
                        .row(
                                "pg-eu-1/tenant_0001",
                                "r-20260102-1504",
                                "the lock is held by another")
                        .row("pg-eu-1/tenant_0002", "-", "");
        assertThat(table.within(Columns.of(40)))
                .isEqualTo(
                        """
                        DATABASE             ROLLOUT
                            WHY
                        pg-eu-1/tenant_0001  r-20260102-1504
                            the lock is held by another
                        pg-eu-1/tenant_0002  -
                        """);
    }

    @Test
    void columnOfIdsGivesWayLast() {
        Table table = new Table("ID", "WHY").keepingFirst().row("a".repeat(30), "b".repeat(30));
        assertThat(table.within(Columns.of(44)))
                .startsWith("ID" + " ".repeat(30) + "WHY\n" + "a".repeat(30) + "  bbbbbb…bbbbb\n");
    }

    @Test
    void widestColumnsGiveWayFirst() {
        assertThat(TABLE.within(Columns.of(50)))
                .isEqualTo(
                        """
                        NAME                  STATE  WHY
                        aaaaaaaaaa…aaaaaaaa0  ok     none
                        aaaaaaaaaa…aaaaaaaa1  ok     bbbbbbbbbb…bbbbbbbbbb
                        (… shortened to the terminal's width; in full with --wide)
                        """);
    }

    @Test
    void namesThatBeginAlikeStayApart() {
        assertThat(TABLE.within(Columns.of(33)))
                .contains("aaaaaa…aaaa0", "aaaaaa…aaaa1", "bbbbbb…bbbbb");
    }

    @Test
    void columnsKeepAFewCharactersHoweverNarrowTheTerminalIs() {
        assertThat(TABLE.within(Columns.of(1))).isEqualTo(TABLE.within(Columns.of(25)));
    }
}
