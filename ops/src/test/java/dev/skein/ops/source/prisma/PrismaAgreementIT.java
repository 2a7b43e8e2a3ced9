package dev.skein.ops.source.prisma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.source.PlanRefusals;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.tools.DatabaseUrl;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.PrismaCommand;
import dev.skein.ops.tools.Ran;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Migration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our plan of a directory beside what Prisma itself does with it. */
@NeedsTool(Tool.PRISMA)
class PrismaAgreementIT {
    private static final String LOCK = "migration_lock.toml";

    @TempDir private Path project;
    private String database;

    /** What both know of a migration. */
    private record Seen(String name, String checksum) {
        static Seen in(Migration migration) {
            return new Seen(migration.version(), migration.checksum().orElseThrow());
        }
    }

    @BeforeEach
    void project() throws IOException {
        database = TestServers.freshDatabase("prisma");
        Files.createDirectories(project.resolve("prisma/migrations"));
        Files.writeString(
                project.resolve("prisma/schema.prisma"),
                """
                datasource db {
                  provider = "postgresql"
                  url      = env("DATABASE_URL")
                }
                """);
        write(LOCK, "provider = \"postgresql\"\n");
    }

    @Test
    void planNamesOrdersAndSumsUpWhatPrismaDoes() throws IOException, SQLException {
        for (String name :
                List.of(
                        "b",
                        "B",
                        "a",
                        "A",
                        "_c",
                        "-c",
                        "a b",
                        "a-b",
                        "a_b",
                        "ab",
                        ".hid",
                        "2",
                        "10",
                        "1",
                        "001",
                        "20240101000000_x",
                        "20240101000000_X",
                        "x.sql",
                        "20240101000000-x",
                        "20240101000000 x",
                        "20240101000000x",
                        "1_a",
                        "1-a",
                        "e",
                        "\u00e9",
                        "ez",
                        "na\u00efve",
                        "c+d",
                        "c(d)",
                        "c,d",
                        "c@d")) {
            migration(name, "select '" + name + "';\n");
        }
        migration("crlf", "create table crlf (id int);\r\n");
        migration("empty", "");
        migration("comment", "-- nothing");
        migration("unicode", "select 'gr\u00f6\u00dfe \ud83d\udc26';\n");

        deploy().requireDone();

        assertThat(planned()).containsExactlyElementsOf(applied());
        assertThat(planned()).hasSize(35);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index concurrently i on t (a);",
                "begin; create table u (a int); commit;",
                "select 1; begin; create table u (a int); commit; select 2;",
                "do $$ begin create table u (a int); commit; end $$;",
                "vacuum t;",
                "set local lock_timeout = 1; select 1;",
            })
    void prismaRunsWhatIsCarried(String sql) throws IOException {
        migration("1_t", "create table t (a int);");
        migration("2_it", sql);
        assertThat(planned()).hasSize(2);
        deploy().requireDone();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin; create index concurrently i on t (a); commit;",
                "vacuum; savepoint a;",
            })
    void bothRefuse(String sql) throws IOException {
        migration("1_t", "create table t (a int);");
        migration("2_it", sql);
        assertThat(deploy().exitCode()).isNotZero();
        assertThat(refusals()).hasSize(1);
    }

    @Test
    void prismaLosesATransactionThatStaysOpen() throws IOException, SQLException {
        migration("1_t", "begin; create table t (a int);");
        deploy();
        assertThat(query("select 'lost', '' where to_regclass('t') is null")).hasSize(1);
        assertThat(refusals()).hasSize(1).first().asString().contains("[transaction-control]");
    }

    @Test
    void bothRefuseADirectoryWithoutScript() throws IOException {
        migration("1_t", "create table t (a int);");
        Files.createDirectory(project.resolve("prisma/migrations/2_nothing"));
        assertThat(deploy().output()).contains("P3015");
        assertThat(refusals()).hasSize(1).first().asString().contains("[missing-script]");
    }

    @ParameterizedTest
    @CsvSource({"mysql", "cockroachdb", "postgres", "''"})
    void bothRefuseAnotherProvider(String provider) throws IOException {
        migration("1_t", "create table t (a int);");
        write(LOCK, provider.isEmpty() ? "" : "provider = \"" + provider + "\"\n");
        assertThat(deploy().output()).contains("P3019");
        assertThat(refusals()).hasSize(1).first().asString().contains("[provider]");
    }

    @Test
    void bothTakeADirectoryWithoutLock() throws IOException {
        migration("1_t", "create table t (a int);");
        Files.delete(project.resolve("prisma/migrations/" + LOCK));
        assertThat(planned()).hasSize(1);
        deploy().requireDone();
    }

    private Ran deploy() {
        return new PrismaCommand(project, DatabaseUrl.of(database)).run("migrate", "deploy");
    }

    private List<Seen> planned() {
        return new PrismaSource(note -> {})
                .read(project, SourceSettings.defaults()).migrations().stream()
                        .map(Seen::in)
                        .toList();
    }

    private List<String> refusals() {
        return PlanRefusals.of(this::planned);
    }

    private List<Seen> applied() throws SQLException {
        return query("select migration_name, checksum from _prisma_migrations order by started_at");
    }

    private List<Seen> query(String sql) throws SQLException {
        String url = TestServers.postgres().jdbcUrl(database);
        List<Seen> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, TestPostgres.SUPERUSER, "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(new Seen(rows.getString(1), rows.getString(2)));
            }
        }
        return found;
    }

    private void migration(String name, String sql) throws IOException {
        write(name + "/migration.sql", sql);
    }

    private void write(String file, String text) throws IOException {
        Path path = project.resolve("prisma/migrations").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
