package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** P6: whatever a plan carries of Flyway, it leaves the rows and the schema that Flyway leaves. */
class FlywayFeaturesIT {
    private static final String HISTORY = "public.flyway_schema_history";

    /** All of a history but for times. */
    private static final String ROWS =
            "select string_agg(concat_ws('|', installed_rank, coalesce(version, '-'), description,"
                    + " type, script, coalesce(checksum::text, '-'), installed_by, success),"
                    + " e'\\n' order by installed_rank) from ";

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @Test
    void p6CallbacksRunWhereFlywayRunsThem() {
        Migrations files = skein.migrations();
        files.file(
                "beforeMigrate.sql",
                "create table if not exists told (n serial, what text);" + tell("beforeMigrate"));
        for (String event :
                new String[] {
                    "beforeMigrate__more",
                    "beforeEachMigrate",
                    "beforeEachMigrate__b",
                    "afterEachMigrate",
                    "afterMigrateApplied",
                    "afterMigrate",
                    "afterMigrate__z",
                }) {
            files.file(event + ".sql", tell(event));
        }
        files.file("V1__city.sql", "create table city (id int primary key);" + tell("1"));
        files.file("R__names.sql", "create or replace view names as select id from city;");
        Tenant bySkein = empty(skein.tenant("skein"));
        Tenant byFlyway = empty(skein.unannounced("flyway"));
        skein.start();

        bothApply(files, bySkein, byFlyway);
        files.file("V3__more.sql", "alter table city add name text;" + tell("3"));
        files.file("V4__most.sql", "alter table city add code text;");
        bothApply(files, bySkein, byFlyway);

        String told = "select string_agg(what, ' ' order by n) from told";
        assertThat(bySkein.text(told)).startsWith("beforeMigrate ").endsWith(" afterMigrate__z");
        assertThat(bySkein.text(told)).isEqualTo(byFlyway.text(told));
        assertSame(files, bySkein, byFlyway, HISTORY);
    }

    private static String tell(String what) {
        return " insert into told (what) values ('" + what + "');";
    }

    @Test
    void p6BaselineMigrationStandsForWhatLiesBelowIt() {
        Migrations files = skein.migrations();
        files.file("V1__city.sql", "create table city (id int primary key);");
        files.file("V2__name.sql", "alter table city add name text;");
        Tenant olderBySkein = empty(skein.tenant("older_skein"));
        Tenant olderByFlyway = empty(skein.unannounced("older_flyway"));
        new FlywayHand(olderBySkein, files).migrateTo("1");
        new FlywayHand(olderByFlyway, files).migrateTo("1");
        files.file("B2__base.sql", "create table city (id int primary key, name text);");
        files.file("V3__code.sql", "alter table city add code text;");
        Tenant bySkein = empty(skein.tenant("skein"));
        Tenant byFlyway = empty(skein.unannounced("flyway"));
        skein.start();

        new FlywayHand(olderByFlyway, files).migrate();
        bothApply(files, bySkein, byFlyway);

        assertSame(files, bySkein, byFlyway, HISTORY);
        assertSame(files, olderBySkein, olderByFlyway, HISTORY);
        assertThat(bySkein.text("select type from " + HISTORY)).isEqualTo("SQL_BASELINE");
    }

    @Test
    void p6LocationsShareOneLineOfVersions() {
        Migrations files = skein.migrations();
        files.file(
                "flyway.conf",
                "flyway.locations=filesystem:common,filesystem:local/deep\n"
                        + "flyway.table=books\n"
                        + "flyway.placeholders.kind=city\n");
        files.file("common/V1__a.sql", "create table ${kind} (id int primary key);");
        files.file("common/deeper/V3__c.sql", "alter table ${kind} add code text;");
        files.file("local/deep/V2__b.sql", "alter table city add name text; -- ${flyway:table}");
        files.file(
                "local/deep/R__v.sql",
                "create or replace view v as select id, '${flyway:user}' as who from ${kind};");
        Tenant bySkein = empty(skein.tenant("skein"));
        Tenant byFlyway = empty(skein.unannounced("flyway"));
        skein.start();

        bothApply(files, bySkein, byFlyway);

        assertSame(files, bySkein, byFlyway, "public.books");
    }

    @Test
    void p6SchemasAreCreatedAndTold() {
        Migrations files = skein.migrations();
        files.file(
                "flyway.conf",
                "flyway.locations=filesystem:sql\n"
                        + "flyway.schemas=parts,sales,Staff\n"
                        + "flyway.defaultSchema=sales\n");
        files.file("sql/V1__order.sql", "create table item (id int); create table parts.p (n int)");
        files.file("sql/V2__index.sql", "create index concurrently i on item (id)");
        Tenant bySkein = skein.tenant("skein");
        Tenant byFlyway = skein.unannounced("flyway");
        Tenant partlyBySkein = skein.tenant("partly_skein");
        Tenant partlyByFlyway = skein.unannounced("partly_flyway");
        partlyBySkein.execute("create schema sales");
        partlyByFlyway.execute("create schema sales");
        Tenant whollyBySkein = skein.tenant("wholly_skein");
        Tenant whollyByFlyway = skein.unannounced("wholly_flyway");
        String all = "create schema sales; create schema parts; create schema \"Staff\"";
        whollyBySkein.execute(all);
        whollyByFlyway.execute(all);
        skein.start();

        new FlywayHand(partlyByFlyway, files).migrate();
        new FlywayHand(whollyByFlyway, files).migrate();
        bothApply(files, bySkein, byFlyway);

        String history = "sales.flyway_schema_history";
        assertSame(files, bySkein, byFlyway, history);
        assertSame(files, partlyBySkein, partlyByFlyway, history);
        assertSame(files, whollyBySkein, whollyByFlyway, history);
        String script = "select script from " + history + " where installed_rank = 0";
        assertThat(bySkein.text(script)).isEqualTo("\"parts\",\"sales\",\"Staff\"");
        assertThat(partlyBySkein.text(script)).isEqualTo("\"parts\",\"Staff\"");
        assertThat(whollyBySkein.text(script)).isEmpty();
    }

    @Test
    void p6CopiedRowsAreThoseThatFlywayCopies() {
        Migrations files = skein.migrations();
        files.file("V1__city.sql", "create table city (id int primary key, name text, area real);");
        files.file(
                "V2__rows.sql",
                "copy city (id, name, area) from stdin;\n"
                        + "1\tA\u00e4\\tb\\\\c\t1.5\n"
                        + "2\t\\N\t\\N\n"
                        + "3\t'quoted'; -- no comment\t-7\n"
                        + "\\.\n"
                        + "update city set area = area + 1;\n");
        Tenant bySkein = empty(skein.tenant("skein"));
        Tenant byFlyway = empty(skein.unannounced("flyway"));
        skein.start();

        bothApply(files, bySkein, byFlyway);

        assertSame(files, bySkein, byFlyway, HISTORY);
        String rows = "select string_agg(city::text, e'\\n' order by id) from city";
        assertThat(bySkein.text(rows)).contains("quoted").isEqualTo(byFlyway.text(rows));
    }

    @Test
    void p6RepeatablesRunAgainWhenTheyChangeAndUndoScriptsDoNot() {
        Migrations files = skein.migrations();
        files.file("V1__city.sql", "create table city (id int primary key, name text);");
        files.file("U1__city.sql", "drop table city cascade;");
        files.file("R__b_names.sql", "create or replace view b as select id from city;");
        files.file("R__a_names.sql", "create or replace view a as select id from city;");
        Tenant bySkein = empty(skein.tenant("skein"));
        Tenant byFlyway = empty(skein.unannounced("flyway"));
        skein.start();

        bothApply(files, bySkein, byFlyway);
        files.file("R__b_names.sql", "create or replace view b as select id, name from city;");
        bothApply(files, bySkein, byFlyway);
        files.file("R__a_names.sql", "create or replace view a as select id, name from city;");
        files.file("V2__code.sql", "alter table city add code text;");
        bothApply(files, bySkein, byFlyway);

        assertSame(files, bySkein, byFlyway, HISTORY);
        assertThat(bySkein.text("select max(installed_rank) from " + HISTORY)).isEqualTo("6");
    }

    /** Without the tables that tenants begin with, to which Flyway would have to be told. */
    private static Tenant empty(Tenant tenant) {
        tenant.execute("drop schema public cascade; create schema public");
        return tenant;
    }

    private void bothApply(Migrations files, Tenant bySkein, Tenant byFlyway) {
        new FlywayHand(byFlyway, files).migrate();
        skein.open(files.flywayPlan(), RolloutStrategies.ALL).awaitCompleted();
        assertThat(bySkein.hasLedger()).isTrue();
    }

    private static void assertSame(
            Migrations files, Tenant bySkein, Tenant byFlyway, String history) {
        assertThat(bySkein.text(ROWS + history)).isEqualTo(byFlyway.text(ROWS + history));
        assertThat(bySkein.schema()).isEqualTo(byFlyway.schema());
        assertThatCode(new FlywayHand(bySkein, files)::validate).doesNotThrowAnyException();
        assertThat(new FlywayHand(bySkein, files).info())
                .isEqualTo(new FlywayHand(byFlyway, files).info());
        assertThat(new FlywayHand(bySkein, files).migrate()).isZero();
    }
}
