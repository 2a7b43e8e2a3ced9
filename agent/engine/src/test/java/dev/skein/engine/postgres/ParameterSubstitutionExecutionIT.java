package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.plan.FlywayChecksum;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Hooks;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Parameter;
import dev.skein.protocol.plan.ParameterSource;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What differs from one database to the next, and what runs around the migrations. */
final class ParameterSubstitutionExecutionIT {
    private static final String VIEW =
            "create or replace view v as\nselect '${tier}'::text as x;\n";
    private static final List<Parameter> PARAMETERS =
            List.of(
                    new Parameter("${tier}", ParameterSource.LABEL, "tier"),
                    new Parameter("${db}", ParameterSource.DATABASE, "database"),
                    new Parameter("${schema}", ParameterSource.DEFAULT_SCHEMA, "defaultSchema"),
                    new Parameter("${user}", ParameterSource.USER, "user"));

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Migration repeatable(String sql) {
        return new Migration(
                MigrationKind.REPEATABLE,
                "",
                "view",
                "R__view.sql",
                Optional.of(Integer.toString(FlywayChecksum.of(sql))),
                List.of(new ScriptStep(sql)),
                Optional.empty());
    }

    private static Plan plan(Optional<Hooks> hooks, Migration... migrations) {
        return new Plan(
                Framework.FLYWAY,
                Optional.empty(),
                List.of(migrations),
                Optional.empty(),
                Optional.of(PARAMETERS),
                hooks,
                Optional.empty());
    }

    private static Hooks.Hook hook(String name) {
        String sql = "create table if not exists said (n serial, word text);";
        return new Hooks.Hook(
                name, new ScriptStep(sql + "insert into said (word) values ('" + name + "')"));
    }

    private String checksums() {
        return fixture.value(
                "select string_agg(checksum::text, ' ' order by installed_rank)"
                        + " from flyway_schema_history where version is null");
    }

    private static String crc(String tier) {
        return Integer.toString(FlywayChecksum.of(VIEW.replace("${tier}", tier)));
    }

    @Test
    void scriptsGetTheDatabasesOwnValues() {
        // given
        String sql = "create table ${schema}.a as select '${db} ${user} ${tier}'::text as x";
        // when
        fixture.label("tier", "it's").apply(plan(Optional.empty(), Plans.oneWay("1", "select 1")));
        fixture.label("tier", "free")
                .apply(
                        plan(
                                Optional.empty(),
                                Plans.oneWay("1", "select 1"),
                                Plans.oneWay("2", sql)));
        // then
        assertThat(fixture.value("select x from public.a"))
                .isEqualTo(fixture.name + " postgres free");
    }

    @Test
    void missingLabelFailsTheDatabaseBeforeAnythingRuns() {
        // when
        fixture.apply(plan(Optional.empty(), Plans.oneWay("1", "create table a ()")));
        // then
        assertThat(fixture.events(DatabaseFailed.class))
                .extracting(failed -> failed.failure().code())
                .containsExactly("missing-label");
        assertThat(fixture.exists("a")).isFalse();
    }

    @Test
    void repeatableMigrationRunsAgainWhenItsValueChangesAndOnlyThen() {
        // given
        Plan plan = plan(Optional.empty(), repeatable(VIEW));
        // when
        fixture.label("tier", "free").apply(plan);
        fixture.apply(plan);
        // then
        assertThat(checksums()).isEqualTo(crc("free"));
        // when
        fixture.label("tier", "paid").apply(plan);
        // then
        assertThat(checksums()).isEqualTo(crc("free") + " " + crc("paid"));
        assertThat(fixture.value("select x from v")).isEqualTo("paid");
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(3);
    }

    @Test
    void surveyComparesWithTheDatabasesOwnValues() {
        // given
        Plan plan = plan(Optional.empty(), repeatable(VIEW));
        fixture.label("tier", "free").apply(plan);
        fixture.execute("drop schema skein cascade");
        // when
        fixture.execute(fixture.nextOrder(OrderKind.SURVEY), plan);
        fixture.label("tier", "paid").execute(fixture.nextOrder(OrderKind.SURVEY), plan);
        // then
        assertThat(fixture.events(DatabaseSurveyed.class))
                .extracting(surveyed -> surveyed.findings().missingCount())
                .containsExactly(0, 1);
    }

    @Test
    void hooksRunAroundMigrationsWithEachOrderThatHasAny() {
        // given
        Hooks hooks = new Hooks(List.of(hook("before")), List.of(hook("after")));
        Migration one = Plans.oneWay("1", "insert into said (word) values ('1')");
        Migration two = Plans.oneWay("2", "insert into said (word) values ('2')");
        fixture.label("tier", "free");
        // when
        fixture.apply(plan(Optional.of(hooks), one));
        fixture.apply(plan(Optional.of(hooks), one));
        fixture.apply(plan(Optional.of(hooks), one, two));
        // then
        assertThat(fixture.value("select string_agg(word, ' ' order by n) from said"))
                .isEqualTo("before 1 after before 2 after");
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(3);
    }

    @Test
    void baselineStandsForWhatIsNotAboveIt() {
        // given
        Migration baseline =
                new Migration(
                        MigrationKind.BASELINE,
                        "2",
                        "both",
                        "B2__both.sql",
                        Optional.of("7"),
                        List.of(new ScriptStep("create table a (); create table b ()")),
                        Optional.empty());
        Plan plan =
                plan(
                        Optional.empty(),
                        Plans.oneWay("1", "create table a ()"),
                        Plans.oneWay("2", "create table b ()"),
                        baseline,
                        Plans.oneWay("3", "create table c ()"));
        // when
        fixture.label("tier", "free").apply(plan);
        fixture.apply(plan);
        // then
        assertThat(
                        fixture.value(
                                "select string_agg(version || ' ' || type || ' ' || script, ', '"
                                        + " order by installed_rank) from flyway_schema_history"))
                .isEqualTo("2 SQL_BASELINE B2__both.sql, 3 SQL V3__migration.sql");
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(2);
    }
}
