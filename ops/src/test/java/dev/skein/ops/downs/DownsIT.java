package dev.skein.ops.downs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.ops.rehearse.RehearsalFailure;
import dev.skein.ops.rehearse.Scratch;
import dev.skein.ops.scratch.ScratchServer;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.GeneratedDown;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DownsIT {
    private static final String CUSTOMER =
            "create table customer (id int primary key, name varchar(20) not null, email text);"
                    + " create index customer_name on customer (name);"
                    + " create view names as select name from customer;";

    private static DownFindings generated(Plan plan) {
        try (ScratchServer server = Scratch.server()) {
            return new Downs(server, Scratch.host()).generate(plan);
        }
    }

    /** What was found about the last migration of these. */
    private static DownFinding last(String... scripts) {
        List<DownFinding> findings = generated(Scratch.plan(scripts)).findings();
        return findings.get(findings.size() - 1);
    }

    private static String sql(DownFinding finding) {
        return finding.migration().down().orElseThrow().stream()
                .map(step -> ((ScriptStep) step).sql())
                .reduce("", String::concat);
    }

    private static List<String> losses(DownFinding finding) {
        return finding.migration().generatedDown().orElseThrow().losses();
    }

    @Test
    void downOfANewTableDropsItAndNamesTheRows() {
        DownFinding finding = last("create table invoice (id int primary key);");

        assertThat(sql(finding)).contains("DROP TABLE invoice;").doesNotContain("public", "OWNER");
        assertThat(losses(finding)).containsExactly("the rows of table public.invoice");
        assertThat(finding.describe())
                .isEqualTo(
                        "1 (1_change.up.sql): down generated; it loses:\n"
                                + "    the rows of table public.invoice");
    }

    @Test
    void namesStayQualifiedWhereTheMigrationQualifiesThem() {
        assertThat(sql(last("create table \"public\".\"Invoice\" (id int primary key);")))
                .contains("DROP TABLE public.\"Invoice\";");
    }

    @Test
    void droppedTableComesBackEmptyAndThatIsSaid() {
        DownFinding finding = last(CUSTOMER, "drop view names; drop table customer;");

        assertThat(sql(finding)).contains("CREATE TABLE customer", "CREATE VIEW names");
        assertThat(losses(finding))
                .containsExactly(
                        "the rows of table public.customer, dropped by the migration, do not"
                                + " come back");
    }

    @Test
    void droppedColumnComesBackWhereverItStood() {
        DownFinding finding = last(CUSTOMER, "alter table customer drop column email;");

        assertThat(sql(finding)).contains("ADD COLUMN email text");
        assertThat(losses(finding))
                .containsExactly(
                        "the values of column public.customer.email, dropped by the migration,"
                                + " do not come back");
    }

    @Test
    void renamedObjectsAreNamedBackAndLoseNothing() {
        DownFinding finding =
                last(
                        CUSTOMER,
                        "alter table customer rename column name to full_name;"
                                + " alter table customer rename to client;"
                                + " alter index customer_name rename to client_name;"
                                + " alter table client rename constraint customer_pkey to pk;");

        assertThat(sql(finding))
                .contains(
                        "ALTER TABLE client RENAME COLUMN \"full_name\" TO \"name\"",
                        "RENAME TO \"customer\"",
                        "RENAME TO \"customer_name\"")
                .doesNotContain("DROP");
        assertThat(losses(finding)).isEmpty();
    }

    @Test
    void labelIsTakenOutOfAnEnumerationWithoutDroppingItsColumns() {
        DownFinding finding =
                last(
                        "create type mood as enum ('a', 'b');"
                                + " create table feel (m mood not null default 'a', all_m mood[]);"
                                + " create index feel_m on feel (m);",
                        "alter type mood add value 'c';");

        assertThat(sql(finding))
                .contains("CREATE TYPE mood AS ENUM ('a', 'b')", "USING m::text::mood")
                .doesNotContain("DROP COLUMN");
        assertThat(losses(finding))
                .containsExactly(
                        "it fails where column public.feel.all_m holds a label of public.mood that"
                                + " is new",
                        "it fails where column public.feel.m holds a label of public.mood that is"
                                + " new");
    }

    @Test
    void labelIsTakenOutUnderKeysChecksAndConditionsOnIt() {
        DownFinding finding =
                last(
                        "create type \"Tier\" as enum ('free', 'paid');"
                                + " create table plan (tier \"Tier\" primary key default 'free');"
                                + " create table shop (id int, tier \"Tier\" references plan,"
                                + " constraint known check (tier <> 'paid' or id > 0));"
                                + " create index paying on shop (id) where tier = 'paid';"
                                + " insert into plan values ('free');"
                                + " insert into shop values (1, 'free');",
                        "alter type \"Tier\" add value 'custom';");

        assertThat(sql(finding))
                .contains("DROP INDEX paying", "CREATE INDEX paying", "ADD CONSTRAINT known")
                .doesNotContain("DROP COLUMN", "DROP TABLE");
    }

    @Test
    void triggersComeBackWithTheirColumnsInTheirOrder() {
        String function =
                "create function touch() returns trigger language plpgsql as"
                        + " $$ begin return new; end $$;";
        String table = "create type mood as enum ('a'); create table t (n int, \"M\" mood);";
        String trigger =
                "create trigger touched before insert or update of \"M\", n on t"
                        + " for each row execute function touch();";

        assertThat(sql(last(function, table, trigger, "drop trigger touched on t;")))
                .contains("UPDATE OF \"M\", n ON t ");
        assertThat(sql(last(function, table, trigger, "alter type mood add value 'b';")))
                .contains("DROP TRIGGER touched ON t;", "UPDATE OF \"M\", n ON t ")
                .doesNotContain("DROP COLUMN");
    }

    @Test
    void constraintThatWasValidatedIsMadeAnewWithoutThat() {
        DownFinding finding =
                last(
                        "create table t (n int);",
                        "alter table t add constraint positive check (n > 0) not valid;",
                        "alter table t validate constraint positive;");

        assertThat(sql(finding))
                .contains("DROP CONSTRAINT positive;", "CHECK ((n > 0)) NOT VALID;");
        assertThat(losses(finding)).isEmpty();
    }

    @Test
    void downAfterWhichTheMigrationCannotBeAppliedAgainIsNotKept() {
        DownFinding finding =
                last(
                        "create table tier (id text primary key);",
                        "create table limits (id int); insert into tier values ('custom');");

        assertThat(finding.describe())
                .isEqualTo(
                        "2 (2_change.up.sql): no down, since after the one generated the migration"
                                + " cannot be applied again: duplicate key value violates unique"
                                + " constraint \"tier_pkey\" (Key (id)=(custom) already exists.)"
                                + " [23505]");
    }

    @Test
    void renamedLabelIsNamedBack() {
        DownFinding finding =
                last(
                        "create type mood as enum ('a', 'b');",
                        "alter type mood rename value 'a' to 'good';");

        assertThat(sql(finding)).contains("RENAME VALUE 'good' TO 'a'");
        assertThat(losses(finding)).isEmpty();
    }

    @Test
    void oneEnumerationIsExchangedForAnotherByWayOfText() {
        DownFinding finding =
                last(
                        "create type one as enum ('a'); create table t (c one);",
                        "create type two as enum ('a');"
                                + " alter table t alter c type two using c::text::two;"
                                + " drop type one;");

        assertThat(sql(finding)).contains("USING c::text::one");
    }

    @Test
    void migrationOfRowsAloneGetsNoDown() {
        DownFinding finding = last(CUSTOMER, "insert into customer (id, name) values (1, 'acme');");

        assertThat(finding.migration().down()).isEmpty();
        assertThat(finding.describe())
                .isEqualTo(
                        "2 (2_change.up.sql): no down, since it changes rows and not the schema:"
                                + " 'insert into customer (id, name) values (1, 'acme')'");
    }

    @Test
    void whatHappenedToRowsIsSaidWhereTheSchemaComesBack() {
        DownFinding finding =
                last(
                        CUSTOMER,
                        "alter table customer add due date; update customer set due = now();");

        assertThat(losses(finding))
                .containsExactly(
                        "the values of column public.customer.due",
                        "rows stay as the migration's 'update customer set due = now()' left them");
    }

    @Test
    void migrationOfCommentsAloneGetsAnEmptyDown() {
        assertThat(last("-- nothing to do\n").migration().down()).contains(List.of());
    }

    @Test
    void downThatDoesNotBringTheSchemaBackIsNotKept() {
        assertThat(last("create publication news;").describe())
                .isEqualTo(
                        "1 (1_change.up.sql): no down, since the one generated does not bring back"
                                + " publication news");
    }

    @Test
    void downThatSomebodyWroteStays() {
        Migration written =
                Scratch.reversible("1", "create table a (id int);", "drop table if exists a;");
        DownFindings findings = generated(Scratch.plan(written));

        assertThat(findings.findings()).isEmpty();
        assertThat(findings.plan().migrations()).containsExactly(written);
        assertThat(findings.describe()).isEqualTo("every migration has a down; none generated");
    }

    @Test
    void repeatableMigrationGetsNoDown() {
        Migration repeatable =
                new Migration(
                        MigrationKind.REPEATABLE,
                        "",
                        "names",
                        "R__names.sql",
                        Optional.of("1"),
                        List.of(new ScriptStep("create or replace view one as select 1;")),
                        Optional.empty());
        Plan plan = new Plan(Framework.FLYWAY, Optional.empty(), List.of(repeatable));

        assertThat(generated(plan).describe())
                .isEqualTo(
                        "0 of 1 missing downs generated; review them with 'skein plan show --sql'\n"
                                + "  R:names (R__names.sql): no down, since the text that it"
                                + " replaces is another in each database");
    }

    @Test
    void migrationThatDoesNotRunIsNamedWithItsLine() {
        Plan plan = Scratch.plan("select 1;\n\nalter table nowhere add id int;");

        assertThatThrownBy(() -> generated(plan))
                .isInstanceOf(RehearsalFailure.class)
                .hasMessage(
                        "step 1 of 1 up of 1 (1_change.up.sql) failed: relation \"nowhere\" does"
                                + " not exist, line 3 of the step [42P01]");
    }

    @Test
    void generatedDownIsMarkedInThePlan() {
        Plan plan = generated(Scratch.plan("create sequence ticket;")).plan();

        assertThat(plan.migrations().get(0).generatedDown())
                .contains(new GeneratedDown(List.of("how far sequence public.ticket has counted")));
    }
}
