package dev.skein.ops.source.flyway;

import static dev.skein.ops.source.MapTree.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.source.MapTree;
import dev.skein.ops.source.PlanRefusals;
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
                        tree().file("20260101__a.sql", "").file("deep/20260102__b.sql", ""),
                        "db: no file here is a migration [empty]. Name them "
                                + NAMES
                                + ", or, since the names of 2 files begin with a version, set"
                                + " flyway.sqlMigrationPrefix to nothing in a flyway.conf"),
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
                        tree().file("V1__a.sql", "")
                                .file("V2_add_email.sql", "")
                                .file(
                                        "flyway.conf",
                                        "flyway.locations=filesystem:.\n"
                                                + "flyway.validateMigrationNaming=true"),
                        "V2_add_email.sql: the name looks like that of a migration and is none,"
                                + " which validateMigrationNaming forbids [file-name]. Name it "
                                + NAMES
                                + ", move it to another directory, or pass it over by --leave-out"
                                + " V2_add_email.sql"),
                Arguments.of(
                        tree().file("V1__a.sql", "")
                                .file(
                                        "beforeValidate__mend.sql",
                                        "select 1;\nupdate ${flyway:table} set checksum = 1;"),
                        "beforeValidate__mend.sql:2: the callback beforeValidate writes Flyway's"
                            + " own table, 'update flyway_schema_history set checksum = 1'; Flyway"
                            + " reads the table after it, and an agent has read it before"
                            + " [not-supported]. Run these statements, or 'flyway repair', on each"
                            + " database once, and build the plan with --leave-out"
                            + " beforeValidate__mend.sql"),
                Arguments.of(
                        tree().file("V1__a.sql", "")
                                .file(
                                        "beforeMigrate.sql",
                                        "do $$ begin delete from app.Flyway_Schema_History; end"
                                                + " $$;"),
                        "beforeMigrate.sql:1: the callback beforeMigrate writes Flyway's own table,"
                                + " 'do $$ begin delete from app.Flyway_Schema_History; end $$';"
                                + " Flyway reads the table after it, and an agent has read it"
                                + " before [not-supported]. Run these statements, or 'flyway"
                                + " repair', on each database once, and build the plan with"
                                + " --leave-out beforeMigrate.sql"),
                unsupported(
                        "V2__Names.java",
                        "this is a migration in Java, and the steps of a plan are SQL"
                                + " [not-supported]. Have Flyway run it in each database, by the"
                                + " runner beside the agent, with --delegate V2 (auto for all in"
                                + " Java), write it in SQL, or build the plan without it by"
                                + " --leave-out V2__Names.java: databases are"
                                + " then taken as they are, whether Flyway has applied it or not"),
                unsupported(
                        "V2_1_Names.java",
                        "this is a migration in Java, and the steps of a plan are SQL"
                            + " [not-supported]. Have Flyway run it in each database, by the runner"
                            + " beside the agent, with --delegate V2_1_Names (auto for all in"
                            + " Java), write it in SQL, or build the plan without it by --leave-out"
                            + " V2_1_Names.java and --leave-out with the version that its code"
                            + " gives: databases are then taken as they are, whether Flyway has"
                            + " applied it or not"),
                unsupported(
                        "V2__names.py",
                        "this is a migration that is a program, and agents run SQL only"
                            + " [not-supported]. Write it in SQL, or build the plan without it by"
                            + " --leave-out V2__names.py: databases are then taken as they are,"
                            + " whether Flyway has applied it or not"),
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
                        "2: the placeholder ${owner} has no value [placeholder]. Give it by"
                                + " --placeholder 'owner=VALUE', or by --placeholder-label"
                                + " 'owner=LABEL' where each database has its own"),
                refused(
                        "select '$${', '$a${flyway:workingDirectory}'",
                        "1: the placeholder ${flyway:workingDirectory} is another directory on each"
                                + " machine and has no value [placeholder]. Give it by"
                                + " --placeholder 'flyway:workingDirectory=VALUE'"),
                refused(
                        "select '${'",
                        "1: Flyway would read a placeholder from '${' on, and it does not end"
                                + " [placeholder]. Close it by '}', or set"
                                + " placeholderReplacement=false in V1__a.sql.conf"),
                refused(
                        "create index concurrently i\non t (a);\ninsert into t values (1);",
                        "3: 'insert into t values (1)' runs inside a transaction, 'create index"
                                + " concurrently i on t (a)' on line 1 does not, and Flyway refuses"
                                + " to mix them [mixed]. Put one of them into a migration of its"
                                + " own, or set flyway.mixed=true"),
                refused(
                        "savepoint a;\nreindex index concurrently i;",
                        "1: 'savepoint a' runs inside a transaction, 'reindex index concurrently i'"
                                + " on line 2 does not, and Flyway refuses to mix them [mixed]. Put"
                                + " one of them into a migration of its own, or set"
                                + " flyway.mixed=true"),
                refused(
                        "copy t from stdin (format csv);\n1\n\\.\n",
                        "1: the rows of this copy are not in the plain text format, the only one"
                                + " that can be written as insert statements [copy-stdin]. Leave"
                                + " the options away, with the rows between tabs, or write"
                                + " inserts"),
                refused(
                        "select 1;\ncopy t from stdin;\n1\n",
                        "2: the rows of the copy that begins here do not end before the end of the"
                                + " file [unterminated]. End them by a line with \\. alone"),
                refused(
                        "copy t to stdout;",
                        "1: copy to stdout exchanges rows with the client, and a plan carries none"
                                + " [copy-stdin]. Leave it out: nobody would read the rows"),
                refused(
                        "select 1;\n\\connect other\n",
                        "2: \\connect is a command of psql; the server does not know it"
                                + " [psql-command]. Write it as SQL, or leave it out"));
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
        assertThat(PlanRefusals.of(tree::flyway)).containsExactly(problem);
    }
}
