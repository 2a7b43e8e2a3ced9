package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.sql.SqlScript;
import dev.skein.protocol.Sha256;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.FailedStatement;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.StatementStep;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script means stays what it means, and what it does to the session is noticed. */
final class ScriptMeaningIT {
    private static final String LOCKS =
            "create table seen as select count(*) as locks from pg_locks"
                    + " where locktype = 'advisory' and pid = pg_backend_pid()";

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Its checksum tells that nothing was put into it. */
    private static Migration wholeFile(String script) {
        return new Migration(
                MigrationKind.VERSIONED,
                "1",
                "whole",
                "0001_whole.up.sql",
                Optional.of(Sha256.hex(script)),
                List.of(Plans.script(script)),
                Optional.empty());
    }

    private FailedStatement failed() {
        return fixture.events(DatabaseFailed.class).get(0).failure().statement().orElseThrow();
    }

    @Test
    void literalsAreReadUnderTheSettingInForce() {
        // given
        String script =
                "create table note (id int, words text);"
                        + " insert into note values (0, 'a\\b');"
                        + " set standard_conforming_strings = off;"
                        + " insert into note values (1, 'tab\\there'), (2, 'it\\'s; begin');"
                        + " insert into note select 3, current_setting('app.none', true)";
        Plan plan = Plans.sql(Plans.oneWay("1", SqlScript.asOneQuery("1.sql", script)));
        // when
        fixture.apply(plan);
        // then
        assertThat(fixture.value("select string_agg(words, '|' order by id) from note"))
                .isEqualTo("a\\b|tab\there|it's; begin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table a (id int); select pg_advisory_unlock_all()",
                "select pg_advisory_unlock_all(); create table a (id int)",
            })
    void locksThatAScriptReleasesAreHeldForTheNextStep(String script) {
        // when
        ExecutionEnd end =
                fixture.apply(Plans.sql(Plans.oneWay("1", script), Plans.oneWay("2", LOCKS)));
        // then
        assertThat(end).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(fixture.value("select locks from seen")).isEqualTo("1");
    }

    @Test
    void locksThatAStatementReleasesOutsideOfATransactionAreHeldForTheNextStep() {
        // when
        fixture.apply(
                Plans.sql(
                        Plans.migration(
                                "1",
                                List.of(
                                        new StatementStep(
                                                List.of(), "discard all", new Probe.Undecidable())),
                                Optional.empty()),
                        Plans.oneWay("2", LOCKS)));
        // then
        assertThat(fixture.value("select locks from seen")).isEqualTo("1");
    }

    @Test
    void customSettingOfOneMigrationIsNoneInTheNext() {
        // given
        Plan reading =
                Plans.sql(
                        Plans.oneWay("1", "set app.region = 'eu'; create table place (r text)"),
                        Plans.oneWay(
                                "2", "insert into place values (current_setting('app.region'))"));
        // when
        fixture.apply(reading);
        // then
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().message())
                .contains("unrecognized configuration parameter \"app.region\"");
    }

    /** Each makes the setting in a statement that does not name it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create function mark() returns text language plpgsql as $$ begin"
                        + " return set_config('app.region', 'eu', false); end $$"
                        + "|select mark()",
                "create function mark() returns void language plpgsql as $$ begin"
                        + " execute format('set %I.%I = 1', 'app', 'region'); end $$"
                        + "|do $d$ begin perform mark(); end $d$",
                "create function mark() returns int language sql set app.region = 'eu'"
                        + " return 1|select mark()",
                "create function mark() returns text language sql begin atomic"
                        + " select set_config('app.region', 'eu', false); end|select mark()",
                "create table note (a int, b text default set_config('app.region', 'eu', false))"
                        + "|insert into note (a) values (1)",
                "create table note (a text check (set_config('app.region', a, true) = a))"
                        + "|insert into note values ('eu')",
                "create view note as select set_config('app.region', 'eu', false)"
                        + "|select * from note",
                "create function mark() returns trigger language plpgsql as $$ begin"
                        + " perform set_config('app.region', 'eu', true); return new; end $$;"
                        + " create table note (a int); create trigger t before insert on note"
                        + " for each row execute function mark()"
                        + "|insert into note values (1)",
            })
    void settingThatIsMadeByWhatAScriptCallsIsNoneInTheNext(String scripts) {
        // given
        String[] texts = scripts.split("\\|", 2);
        fixture.execute(texts[0]);
        // when
        fixture.apply(
                Plans.sql(
                        Plans.oneWay("1", texts[1]),
                        Plans.oneWay("2", "select current_setting('app.region')")));
        // then
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().message())
                .contains("unrecognized configuration parameter \"app.region\"");
    }

    @Test
    void sessionStaysWhereNothingMakesSettings() {
        // when
        fixture.apply(
                Plans.sql(
                        Plans.oneWay("1", "create table seen as select pg_backend_pid() as pid"),
                        Plans.oneWay("2", "insert into seen select pg_backend_pid()"),
                        Plans.oneWay(
                                "3",
                                "insert into seen select pg_backend_pid(); create function mark()"
                                        + " returns text language sql return"
                                        + " set_config('app.region', 'eu', false)"),
                        Plans.oneWay("4", "select mark()"),
                        Plans.oneWay("5", "insert into seen select pg_backend_pid()")));
        // then
        assertThat(fixture.value("select count(distinct pid) from seen")).isEqualTo("2");
    }

    @Test
    void locksAreHeldInTheSessionThatReplacesAnother() {
        // when
        fixture.apply(
                Plans.of(
                        Framework.KNEX,
                        Plans.root("1", "set app.region = 'eu'; select 1", "select 1"),
                        Plans.root("2", LOCKS, "drop table seen"),
                        Plans.root("3", "create table last (id int)", "drop table last")));
        // then
        assertThat(fixture.value("select locks from seen")).isEqualTo("2");
        assertThat(fixture.exists("last")).isTrue();
        assertThat(fixture.value("select is_locked from knex_migrations_lock")).isEqualTo("0");
    }

    @Test
    void failureSaysWhichStatementItWas() {
        // given
        String script =
                "create table goods (id int primary key);\ninsert into goods values (1);\n"
                        + "do $$ begin perform 1; end $$;\n\n-- the same again\n"
                        + "insert into goods\nvalues (1);\nselect 1";
        // when
        fixture.apply(Plans.sql(wholeFile(script)));
        // then
        assertThat(failed().number()).isEqualTo(OptionalInt.of(4));
        assertThat(failed().line()).isEqualTo(OptionalInt.of(6));
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().message())
                .contains(", 0001_whole.up.sql, line 6 (statement 4)");
        assertThat(failed().text()).contains("insert into goods values (1)");
        assertThat(failed().detail()).contains("Key (id)=(1) already exists.");
        assertThat(fixture.exists("goods")).isFalse();
    }

    @Test
    void failureInAFunctionSaysInWhichLineOfIt() {
        // given
        String script =
                "create function half(i int) returns int language plpgsql as $f$\nbegin\n"
                        + "  return i / 0;\nend $f$; select half(1); select half(2)";
        // when
        fixture.apply(Plans.sql(wholeFile(script)));
        // then
        assertThat(failed().number()).isEqualTo(OptionalInt.of(2));
        assertThat(failed().context().orElseThrow()).contains("half(integer) line 3 at RETURN");
    }

    @Test
    void deferredConstraintThatFailsAtTheEndNamesTheKey() {
        // given
        String script =
                "create table depot (id int primary key); create table crate (id int, depot int"
                        + " references depot deferrable initially deferred);"
                        + " insert into crate values (1, 99); create table after_it (id int)";
        // when
        fixture.apply(Plans.sql(wholeFile(script)));
        // then
        assertThat(failed().detail().orElseThrow()).contains("(depot)=(99)");
        assertThat(failed().number()).isEqualTo(OptionalInt.empty());
        assertThat(fixture.exists("depot")).isFalse();
    }

    @Test
    void valuesOfRowsAreWithheldWhereTheAgentIsAskedTo() {
        // given
        ExecutionFixture discreet = fixture.withholdingRowData();
        // when
        discreet.apply(
                Plans.sql(
                        Plans.oneWay(
                                "1",
                                "create table goods (id int primary key);"
                                        + " insert into goods values (4711), (4711)")));
        // then
        assertThat(failed().detail().orElseThrow()).contains("withheld").doesNotContain("4711");
    }

    @Test
    void longErrorsAreCut() {
        // when
        fixture.apply(
                Plans.sql(
                        Plans.oneWay(
                                "1",
                                "do $$ begin raise exception 'no' using detail ="
                                        + " repeat('ä', 3000000); end $$")));
        // then
        assertThat(failed().detail().orElseThrow()).hasSize(4001).endsWith("ä…");
    }

    @Test
    void rowsAndNoticesOfAScriptAreDropped() {
        // when
        fixture.apply(
                Plans.sql(
                        Plans.oneWay(
                                "1",
                                "select repeat('y', 1000) from generate_series(1, 100000);"
                                        + " do $$ begin for i in 1..100000 loop raise notice '%',"
                                        + " i; end loop; end $$; select repeat('z', 50000000);"
                                        + " create table a (id int)")));
        // then
        assertThat(fixture.eventNames()).endsWith("DatabaseApplied");
        assertThat(fixture.exists("a")).isTrue();
    }
}
