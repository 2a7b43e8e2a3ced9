package dev.skein.ops.source.plain;

import static dev.skein.ops.source.MapTree.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.ops.source.MapTree;
import dev.skein.ops.source.PlanRefusals;
import dev.skein.ops.source.PlanRefused;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SqlRefusedDirectoryTest {
    private static final String NONE = "-- skein: transaction=none\n";
    private static final String NAMES =
            "0001_what_it_does.up.sql and, for the way back, 0001_what_it_does.down.sql";

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of(
                        tree().file("README.md", "1_a.up.sql"),
                        "db: no file here is a migration [empty]. Name them " + NAMES),
                Arguments.of(
                        tree().file("1_a.up.sql", "").file("01_b.up.sql", ""),
                        "1_a.up.sql: version 1 is already that of 01_b.up.sql [duplicate-version]."
                                + " Give one of them the next free version"),
                Arguments.of(
                        tree().file("1_a.up.sql", "")
                                .file("1_a.down.sql", "")
                                .file("01_a.down.sql", ""),
                        "1_a.down.sql: version 1 is already that of 01_a.down.sql"
                                + " [duplicate-version]. Give one of them the next free version"),
                Arguments.of(
                        tree().file("0001_a.up.sql", "")
                                .file("0002_b.up.sql", "")
                                .file("0004_d.up.sql", ""),
                        "0004_d.up.sql: version 0004 follows version 0002, and 3 is missing [gap]."
                                + " Add the missing script or close the gap; only timestamps,"
                                + " which have ten digits or more, may leave one"),
                Arguments.of(
                        tree().file("1_a.up.sql", "").file("2_b.down.sql", ""),
                        "2_b.down.sql: there is no script up of version 2 [down-without-up]."
                                + " Add 2_b.up.sql, or delete this file"),
                Arguments.of(
                        tree().file("1_a.up.sql", "").file("1_b.down.sql", ""),
                        "1_b.down.sql: the script up of version 1 has another name, 1_a.up.sql"
                                + " [down-name]. Give both the same name, or this one its own"
                                + " version"),
                fileName("0002_b.sql"),
                fileName("b.up.sql"),
                fileName("2.up.sql"),
                fileName("2_.up.sql"),
                fileName("2_b.UP.SQL"),
                Arguments.of(
                        tree().file(
                                        "1_a.up.sql",
                                        NONE
                                                + "select 1;\ndo $$ begin set a.b = 1; end $$;\n"
                                                + "set c.d = 1;\nselect 2"),
                        "1_a.up.sql:3: 'do $$ begin set a.b = 1; end $$' makes a setting that the"
                                + " statements behind it would not find, since each of them is a"
                                + " step of its own [session-setting]. Make it by a statement of"
                                + " the script ('set …' or 'select set_config(…)'), which goes into"
                                + " each step behind it, or for the block alone ('set local …')"),
                Arguments.of(
                        tree().unreadable("1_a.up.sql"),
                        "1_a.up.sql: the file cannot be read: it does not exist [unreadable]."
                                + " Give read permission on it, or take it out of the directory"));
    }

    private static Arguments fileName(String file) {
        return Arguments.of(
                tree().file("1_a.up.sql", "").file(file, ""),
                "%s: the name says neither the version nor the direction of the script"
                                .formatted(file)
                        + " [file-name]. Name it "
                        + NAMES
                        + ", or move it to another directory");
    }

    static Stream<Arguments> scripts() {
        return Stream.of(
                refused(
                        "select 'ä';\nselect '".getBytes(StandardCharsets.UTF_8),
                        "2: the string literal that begins here does not end before the end of the"
                                + " file [unterminated]. Close it, or double a quote that belongs"
                                + " to the text"),
                refused(
                        "select 1;\nselect 'ä';".getBytes(StandardCharsets.ISO_8859_1),
                        "2: the byte 0xE4 at offset 18 is no UTF-8 [not-utf-8]."
                                + " Save the file as UTF-8"),
                refused(
                        "\uFEFFselect 1;".getBytes(StandardCharsets.UTF_16LE),
                        "1: the byte 0xFF at offset 0 is no UTF-8 [not-utf-8]."
                                + " Save the file as UTF-8"),
                refused(
                        new byte[] {'a', (byte) 0xC3},
                        "1: the byte 0xC3 at offset 1 is no UTF-8 [not-utf-8]."
                                + " Save the file as UTF-8"),
                refused(
                        "-- a\r\n-- skein: transaction=none lock=none\r\nselect 1;",
                        "2: the header comment has the unknown entry 'lock=none' [header]."
                                + " The only one there is: -- skein: transaction=none"),
                refused(
                        "--skein:transaction=off\nvacuum;",
                        "1: the header comment has the unknown entry 'transaction=off' [header]."
                                + " The only one there is: -- skein: transaction=none"),
                control("begin", "begin;"),
                control("COMMIT AND CHAIN", "COMMIT\n  AND CHAIN;"),
                control("rollback", "rollback;"),
                control("prepare transaction 'x'", "prepare transaction 'x';"),
                control(
                        "set transaction isolation level serializable",
                        "set transaction isolation level serializable;"),
                refused(
                        NONE + "select 1;\nsavepoint a;",
                        "3: 'savepoint a' has no transaction: with transaction=none each statement"
                                + " is a step of its own [transaction-control]. Put what needs the"
                                + " savepoint into a migration of its own"),
                refused(
                        NONE + "vacuum;\nend;",
                        "3: 'end' controls the transaction; Skein does that, to record the step in"
                                + " the same one [transaction-control]. Leave it out"),
                refused(
                        "select 1;\n"
                                + NONE
                                + "create unique index concurrently users_email_idx on"
                                + " billing.users (email);\n"
                                + "vacuum;",
                        "3: 'create unique index concurrently users_email_idx on billing. …' cannot"
                                + " run inside a transaction [needs-transaction-none]. Begin the"
                                + " file with the line '-- skein: transaction=none'; then each"
                                + " statement is a step of its own"));
    }

    private static Arguments control(String shown, String statement) {
        return refused(
                "select 1;\n" + statement,
                "2: '%s' controls the transaction; Skein does that, to record the step in the same"
                                .formatted(shown)
                        + " one [transaction-control]. Leave it out");
    }

    private static Arguments refused(String script, String problem) {
        return refused(script.getBytes(StandardCharsets.UTF_8), problem);
    }

    private static Arguments refused(byte[] script, String problem) {
        return Arguments.of(tree().file("1_a.up.sql", script), "1_a.up.sql:" + problem);
    }

    @ParameterizedTest
    @MethodSource({"files", "scripts"})
    void directoryIsRefusedWithTheReason(MapTree tree, String problem) {
        assertThat(PlanRefusals.of(tree::sql)).containsExactly(problem);
    }

    @Test
    void wayBackIsHeldToTheSameRules() {
        assertThat(
                        PlanRefusals.of(
                                tree().file("1_a.up.sql", "").file("1_a.down.sql", "vacuum;")::sql))
                .containsExactly(
                        "1_a.down.sql:1: 'vacuum' cannot run inside a transaction"
                                + " [needs-transaction-none]. Begin the file with the line"
                                + " '-- skein: transaction=none'; then each statement is a step"
                                + " of its own");
    }

    @Test
    void allProblemsAreInTheMessageByFileAndLine() {
        MapTree tree =
                tree().file("1_a.up.sql", "select 1;\n\\d\nbegin;")
                        .file("2_b.up.sql", "begin;\ncommit;")
                        .file("4_c.up.sql", "copy t from stdin;");
        assertThatThrownBy(tree::sql)
                .isInstanceOf(PlanRefused.class)
                .hasMessage(
                        """
                        no plan can be built from the sql migrations in db, 5 problems:
                        1_a.up.sql:2: \\d is a command of psql; the server does not know it \
                        [psql-command]. Write it as SQL, or leave it out
                        2_b.up.sql:1: 'begin' controls the transaction; Skein does that, to record \
                        the step in the same one [transaction-control]. Leave it out
                        2_b.up.sql:2: 'commit' controls the transaction; Skein does that, to \
                        record the step in the same one [transaction-control]. Leave it out
                        4_c.up.sql: version 4 follows version 2, and 3 is missing [gap]. Add the \
                        missing script or close the gap; only timestamps, which have ten digits or \
                        more, may leave one
                        4_c.up.sql:1: copy from stdin exchanges rows with the client, and a plan \
                        carries none [copy-stdin]. Write the rows as insert statements\
                        """);
    }
}
