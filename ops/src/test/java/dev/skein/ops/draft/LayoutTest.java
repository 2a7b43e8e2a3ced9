package dev.skein.ops.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.ops.source.MapTree;
import dev.skein.protocol.plan.Framework;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static final Draft DRAFT =
            new Draft(
                    " Order entry! ",
                    List.of("create table a ()", "create table b ()"),
                    List.of("drop table b", "drop table a"),
                    Instant.parse("2026-01-02T03:04:05Z"));

    private static List<String> names(Framework framework, MapTree tree) throws IOException {
        return MigrationLayout.of(framework).files(DRAFT, tree).stream()
                .map(file -> file.path().toString())
                .toList();
    }

    private static String text(Framework framework, Draft draft, MapTree tree) throws IOException {
        return MigrationLayout.of(framework).files(draft, tree).get(0).text();
    }

    private static Draft of(String statement) {
        return new Draft("x", List.of(statement), List.of(statement), DRAFT.at());
    }

    @Test
    void plainSqlIsNumberedOn() throws IOException {
        assertThat(names(Framework.SQL, MapTree.tree()))
                .containsExactly("0001_Order_entry.up.sql", "0001_Order_entry.down.sql");
        assertThat(names(Framework.SQL, MapTree.tree().file("099_a.up.sql", "").file("x.sql", "")))
                .containsExactly("100_Order_entry.up.sql", "100_Order_entry.down.sql");
        assertThat(text(Framework.SQL, DRAFT, MapTree.tree()))
                .isEqualTo("create table a ();\n\ncreate table b ();\n");
    }

    @Test
    void flywayTakesTheVersionAfterTheHighestBesideIt() throws IOException {
        assertThat(names(Framework.FLYWAY, MapTree.tree()))
                .containsExactly("V1__Order_entry.sql", "U1__Order_entry.sql");
        MapTree tree = MapTree.tree().file("2025/V9__a.sql", "").file("2026/V10_2__b.sql", "");
        assertThat(names(Framework.FLYWAY, tree))
                .containsExactly("2026/V11__Order_entry.sql", "2026/U11__Order_entry.sql");
        assertThat(names(Framework.FLYWAY, MapTree.tree().file("V009__a.sql", "")))
                .containsExactly("V010__Order_entry.sql", "U010__Order_entry.sql");
    }

    @Test
    void flywayIsToldThatNoTextIsAPlaceholder() throws IOException {
        assertThat(MigrationLayout.of(Framework.FLYWAY).files(of("select '${x}'"), MapTree.tree()))
                .contains(NewFile.of("V1__x.sql.conf", "placeholderReplacement=false\n"))
                .contains(NewFile.of("U1__x.sql.conf", "placeholderReplacement=false\n"));
    }

    @Test
    void prismaGetsADirectoryWithADown() throws IOException {
        assertThat(names(Framework.PRISMA, MapTree.tree()))
                .containsExactly(
                        "20260102030405_Order_entry/migration.sql",
                        "20260102030405_Order_entry/down.sql");
    }

    @Test
    void knexGetsTheKindOfModuleThatIsThere() throws IOException {
        assertThat(names(Framework.KNEX, MapTree.tree()))
                .containsExactly("20260102030405_Order_entry.js");
        assertThat(text(Framework.KNEX, DRAFT, MapTree.tree()))
                .isEqualTo(
                        """
                        exports.up = async function (knex) {
                          await knex.raw(`create table a ()`);
                          await knex.raw(`create table b ()`);
                        };

                        exports.down = async function (knex) {
                          await knex.raw(`drop table b`);
                          await knex.raw(`drop table a`);
                        };
                        """);
        MapTree modules = MapTree.tree().file("1_a.js", "export async function up(knex) {}");
        assertThat(text(Framework.KNEX, DRAFT, modules))
                .startsWith("export async function up(knex) {\n");
    }

    @Test
    void textsAreEscapedForKnex() throws IOException {
        assertThat(text(Framework.KNEX, of("select '`${a}?\\'"), MapTree.tree()))
                .contains("knex.raw(`select '\\`\\${a}\\\\?\\\\'`)");
    }

    @Test
    void alembicStandsOnTheOnlyHead() throws IOException {
        MapTree tree =
                MapTree.tree()
                        .file("env.py", "")
                        .file("versions/a.py", "revision = 'aaaa'\ndown_revision = None\n")
                        .file(
                                "versions/b.py",
                                "revision: str = \"bbbb\"\n"
                                        + "down_revision: Union[str, None] = ('aaaa',)\n");
        assertThat(names(Framework.ALEMBIC, tree).get(0))
                .matches("versions/[0-9a-f]{12}_Order_entry\\.py");
        assertThat(text(Framework.ALEMBIC, DRAFT, tree))
                .contains("Revises: bbbb\n", "down_revision = \"bbbb\"\n")
                .contains("    op.execute(\n        \"\"\"create table a ()\"\"\"\n    )\n");
        assertThat(text(Framework.ALEMBIC, DRAFT, MapTree.tree()))
                .contains("down_revision = None\n");
    }

    @Test
    void textsAreEscapedForAlembic() throws IOException {
        assertThat(text(Framework.ALEMBIC, of("select 'a:b' \"c\", d::text, '\\'"), MapTree.tree()))
                .contains("\"\"\"select 'a:b' \\\"c\\\", d::text, '\\\\'\"\"\"");
        assertThat(text(Framework.ALEMBIC, of("select ':b'"), MapTree.tree()))
                .contains("\"\"\"select '\\\\:b'\"\"\"");
    }

    @Test
    void nameNeedsALetterOrADigit() {
        assertThatThrownBy(() -> new Draft(" -- ", List.of(), List.of(), DRAFT.at()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name ' -- ' has no letter or digit");
    }
}
