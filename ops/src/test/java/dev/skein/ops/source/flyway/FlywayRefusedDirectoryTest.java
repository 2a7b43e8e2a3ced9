package dev.skein.ops.source.flyway;

import static dev.skein.ops.source.MapTree.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.source.MapTree;
import dev.skein.ops.source.Refusals;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FlywayRefusedDirectoryTest {
    private static final String NAMES =
            "V1__what_it_does.sql, R__what_it_does.sql or U1__what_it_does.sql";

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of(
                        tree().file("seed.sql", "select 1;"),
                        "db: no file here is a migration [empty]. Name them " + NAMES),
                Arguments.of(
                        tree().file("V1__a.sql", "").file("x/V1.0__b.sql", ""),
                        "x/V1.0__b.sql: version 1.0 is the same as that of V1__a.sql"
                                + " [duplicate-version]. Give one of them another version"),
                Arguments.of(
                        tree().file("V1__a.sql", "").file("U1__a.sql", "").file("U01__b.sql", ""),
                        "U1__a.sql: version 1 is the same as that of U01__b.sql"
                                + " [duplicate-version]. Give one of them another version"),
                Arguments.of(
                        tree().file("a/R__x_y.sql", "").file("b/R__x_y.sql", ""),
                        "b/R__x_y.sql: the description 'x y', which identifies a repeatable"
                                + " migration, is that of a/R__x_y.sql [duplicate-description]."
                                + " Give one of them another name"),
                Arguments.of(
                        tree().file("V1__a.sql", "").file("U2__b.sql", ""),
                        "U2__b.sql: there is no migration of version 2 [down-without-up]."
                                + " Add it, or delete this file"),
                Arguments.of(
                        tree().file("V1__a.sql", "").file("V2_add_email.sql", ""),
                        "V2_add_email.sql: the name looks like that of a migration, but Flyway"
                                + " would pass the file over [file-name]. Name it "
                                + NAMES
                                + ", or move it to another directory"),
                unsupported(
                        "B1__base.sql",
                        "baseline migrations are not supported yet [not-supported]."
                                + " Give its content as a migration V…"),
                unsupported(
                        "x/afterMigrate.sql",
                        "callbacks are not supported yet [not-supported]."
                                + " Move the callback out of the location"),
                unsupported(
                        "V1__a.sql.conf",
                        "the settings of a single script are not supported yet [not-supported]."
                                + " Do without the file"),
                unsupported(
                        "V2__Names.java",
                        "migrations in Java are not supported yet [not-supported]."
                                + " Write the migration in SQL"),
                unsupported(
                        "V2__names.py",
                        "migrations that are programs are not supported yet [not-supported]."
                                + " Write it in SQL"),
                Arguments.of(
                        tree().unreadable("V1__a.sql"),
                        "V1__a.sql: the file cannot be read: it does not exist [unreadable]."
                                + " Give read permission on it, or take it out of the directory"));
    }

    private static Arguments unsupported(String file, String problem) {
        return Arguments.of(tree().file("V1__a.sql", "").file(file, ""), file + ": " + problem);
    }

    static Stream<Arguments> scripts() {
        return Stream.of(
                refused(
                        "select 1;\nselect 'ä';".getBytes(StandardCharsets.ISO_8859_1),
                        "2: the byte 0xE4 at offset 18 is no UTF-8 [not-utf-8]."
                                + " Save the file as UTF-8"),
                refused(
                        "select 1;\n-- owned by ${owner}\n",
                        "2: Flyway would replace the placeholder ${owner}, also in comments and"
                                + " literals, and placeholders are not supported yet [placeholder]."
                                + " Write the value itself"),
                refused(
                        "select '$${', $a${flyway:table}, '",
                        "1: Flyway would replace the placeholder ${flyway:table}, also in comments"
                                + " and literals, and placeholders are not supported yet"
                                + " [placeholder]. Write the value itself"),
                refused(
                        "select '${'",
                        "1: Flyway would replace the placeholder ${, also in comments and literals,"
                                + " and placeholders are not supported yet [placeholder]. Write the"
                                + " value itself"),
                refused(
                        "create table t (id int);\ncommit;",
                        "2: 'commit' controls the transaction; Skein does that, to record the step"
                                + " in the same one [transaction-control]. Leave it out"),
                refused(
                        "create index concurrently i\non t (a);\ninsert into t values (1);",
                        "3: 'insert into t values (1)' runs inside a transaction, 'create index"
                                + " concurrently i on t (a)' on line 1 does not, and Flyway refuses"
                                + " to mix them [mixed]. Put one of them into a migration of its"
                                + " own"),
                refused(
                        "savepoint a;\nreindex index concurrently i;",
                        "1: 'savepoint a' runs inside a transaction, 'reindex index concurrently i'"
                                + " on line 2 does not, and Flyway refuses to mix them [mixed]. Put"
                                + " one of them into a migration of its own"),
                refused(
                        "copy t from stdin;\n1\n\\.\n",
                        "1: copy from stdin exchanges rows with the client, and a plan carries none"
                                + " [copy-stdin]. Write the rows as insert statements"));
    }

    private static Arguments refused(String script, String problem) {
        return refused(script.getBytes(StandardCharsets.UTF_8), problem);
    }

    private static Arguments refused(byte[] script, String problem) {
        return Arguments.of(tree().file("V1__a.sql", script), "V1__a.sql:" + problem);
    }

    @ParameterizedTest
    @MethodSource({"files", "scripts"})
    void locationIsRefusedWithTheReason(MapTree tree, String problem) {
        assertThat(Refusals.of(tree::flyway)).containsExactly(problem);
    }
}
