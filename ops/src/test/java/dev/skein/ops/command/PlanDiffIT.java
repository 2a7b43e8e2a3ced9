package dev.skein.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.build.PlanSources;
import dev.skein.ops.rehearse.Scratch;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanDiffIT {
    private static final String OLD =
            "create table customer (id int primary key, name varchar(20), email text);";
    private static final String NEW =
            "\\restrict abc\nCREATE SCHEMA public;\n"
                    + "create table public.customer (id int primary key,"
                    + " name text default 'a`${x}?b:c\\d');\n"
                    + "create table public.\"Order\" (id int references public.customer (id));\n";

    @TempDir private Path directory;
    private Path from;
    private Path to;
    private Path migrations;

    @BeforeEach
    void schemas() throws IOException {
        from = Files.writeString(directory.resolve("old.sql"), OLD);
        to = Files.writeString(directory.resolve("new.sql"), NEW);
        migrations = directory.resolve("migrations");
    }

    private Said diff(String from, String to, String format) {
        return Said.by(
                "plan",
                "diff",
                "--scratch",
                Scratch.uri(),
                "--from",
                from,
                "--to",
                to,
                "--format",
                format,
                "--name",
                "order entry",
                "-o",
                migrations.toString());
    }

    private Said diff(String format) {
        return diff(from.toString(), to.toString(), format);
    }

    private static String sql(List<Step> steps) {
        return steps.stream().map(step -> ((ScriptStep) step).sql()).reduce("", String::concat);
    }

    private Plan read(Framework framework) {
        return PlanSources.of(framework).read(migrations, SourceSettings.defaults());
    }

    private static String uri(String database) {
        return Scratch.uri().replaceAll("/postgres$", "/" + database);
    }

    /** Up on the old schema gives the new one, down after it the old one. */
    private void leadsThereAndBack(Plan plan) {
        String database = TestServers.freshDatabase("diff");
        TestServers.postgres().execute(database, OLD);
        TestServers.postgres().execute(database, sql(plan.migrations().get(0).up()));
        assertThat(diff(uri(database), to.toString(), "sql").done().out())
                .isEqualTo("the schemas are the same; nothing is written\n");
        List<Step> down = plan.migrations().get(0).down().orElseThrow();
        TestServers.postgres().execute(database, sql(down));
        assertThat(diff(uri(database), from.toString(), "sql").done().out())
                .isEqualTo("the schemas are the same; nothing is written\n");
    }

    @Test
    void whatADistributionsServerKeepsWithAColumnIsNoDifference() {
        // given
        String database = TestServers.freshDatabase("diff");
        TestServers.postgres()
                .execute(
                        database,
                        OLD
                                + "update pg_attribute set attoptions = '{pg_attver=7}'"
                                + " where attrelid = 'customer'::regclass and attnum > 0");
        // then
        assertThat(diff(uri(database), from.toString(), "sql").done().out())
                .isEqualTo("the schemas are the same; nothing is written\n");
        // when
        TestServers.postgres()
                .execute(
                        database,
                        "update pg_attribute set attoptions ="
                                + " '{n_distinct=5,pg_attver=7,n_distinct_inherited=6}'"
                                + " where attrelid = 'customer'::regclass and attnum = 2");
        Said said = diff(from.toString(), uri(database), "sql").done();
        // then
        assertThat(said.out()).contains("written");
        assertThat(migrations.toFile().listFiles())
                .anySatisfy(
                        file ->
                                assertThat(file)
                                        .content()
                                        .contains("n_distinct='5', n_distinct_inherited='6'")
                                        .doesNotContain("pg_attver"));
    }

    @Test
    void migrationOfPlainSqlLeadsThereAndBack() {
        Said said = diff("sql").done();

        assertThat(said.out())
                .isEqualTo(
                        "written "
                                + migrations.resolve("0001_order_entry.up.sql")
                                + "\nwritten "
                                + migrations.resolve("0001_order_entry.down.sql")
                                + "\nup loses:\n"
                                + "  the values of column public.customer.email\n"
                                + "down loses:\n"
                                + "  the rows of table public.\"Order\"\n"
                                + "  values of column public.customer.name that do not fit the"
                                + " type character varying(20)\n");
        leadsThereAndBack(read(Framework.SQL));
    }

    @Test
    void theNextMigrationHasTheNextNumber() throws IOException {
        diff("sql").done();

        diff(to.toString(), from.toString(), "sql").done();

        assertThat(migrations.resolve("0002_order_entry.up.sql")).exists();
    }

    @Test
    void schemasThatAreTheSameWriteNothing() {
        assertThat(diff(from.toString(), from.toString(), "sql").done().out())
                .isEqualTo("the schemas are the same; nothing is written\n");
        assertThat(migrations).doesNotExist();
    }

    @Test
    void booksOfFrameworksAreNoDifference() {
        String database = TestServers.freshDatabase("diff");
        TestServers.postgres().execute(database, OLD);
        TestServers.postgres()
                .execute(database, "create table alembic_version (version_num varchar(32))");

        assertThat(diff(uri(database), from.toString(), "sql").done().out())
                .isEqualTo("the schemas are the same; nothing is written\n");
    }

    @Test
    void scriptThatDoesNotRunIsSaidWithItsLine() throws IOException {
        Files.writeString(to, "select 1;\nselect wrong;");

        assertThat(diff("sql").endedWith(1).err())
                .isEqualTo(
                        "skein: "
                                + to
                                + " does not run in an empty database: line 2: column \"wrong\""
                                + " does not exist [42703]; a dump of 'pg_dump --schema-only"
                                + " --no-owner --no-privileges' does\n");
    }

    @Test
    void severalHeadsOfAlembicAreRefused() throws IOException {
        Files.createDirectories(migrations);
        for (String id : List.of("aaaa", "bbbb")) {
            Files.writeString(
                    migrations.resolve(id + ".py"),
                    "revision: str = '" + id + "'\ndown_revision = None\n");
        }

        assertThat(diff("alembic").endedWith(1).err())
                .isEqualTo(
                        "skein: the revisions have 2 heads (aaaa, bbbb), and a new one stands on"
                                + " one of them; merge them first with 'alembic merge heads'\n");
    }

    @Test
    void wrongUseIsRefused() {
        diff("nowhere.sql", to.toString(), "sql")
                .refused(
                        "--from 'nowhere.sql' is no file; a database is written"
                                + " postgresql://user@host:port/database");
        diff("dbase").refused("--format 'dbase' is unknown");
        diff("postgresql://nobody", to.toString(), "sql").refused("--from 'postgresql://nobody'");
    }

    @Test
    void databaseThatDoesNotAnswerIsSaid() {
        assertThat(diff(uri("nowhere"), to.toString(), "sql").endedWith(1).err())
                .contains("the schema of postgres@" + TestServers.postgres().host() + ":")
                .contains("cannot be read: FATAL: database \"nowhere\" does not exist");
    }
}
