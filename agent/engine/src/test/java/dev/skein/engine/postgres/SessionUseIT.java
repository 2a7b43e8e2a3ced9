package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script leaves in its session is there for the next one as long as under its framework. */
final class SessionUseIT {
    private static final String TEMPORARY = "create temp table work as select 1 as id";

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Behind the bar: counts what is left, in a session that has nothing of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                TEMPORARY + "|select count(*) from pg_class where relname = 'work'",
                "create function pg_temp.work() returns int language sql as 'select 1'"
                        + "|select count(*) from pg_proc where proname = 'work'",
                "declare work cursor with hold for select 1|select count(*) from pg_cursors"
                        + " where is_holdable",
                "prepare work as select 1|select count(*) from pg_prepared_statements",
                "listen work|select count(*) from pg_listening_channels()",
                "select pg_advisory_lock(4711)|select count(*) - 1 from pg_locks"
                        + " where locktype = 'advisory' and pid = pg_backend_pid()",
                "do $$ begin create temp table work (id int); end $$"
                        + "|select count(*) from pg_class where relname = 'work'",
            })
    void scriptOfTheFormatSqlFindsNothingThatAnotherLeftInItsSession(String texts) {
        // given
        String[] leavesAndCounts = texts.split("\\|", 2);
        // when
        fixture.apply(
                Plans.sql(
                        Plans.oneWay("1", leavesAndCounts[0]),
                        Plans.oneWay("2", "create table found (n) as " + leavesAndCounts[1]),
                        Plans.oneWay("3", leavesAndCounts[0])));
        // then
        assertThat(fixture.eventNames()).endsWith("DatabaseApplied");
        assertThat(fixture.value("select n from found")).isEqualTo("0");
    }

    @Test
    void wayBackOfTheFormatSqlFindsNothingEither() {
        // given
        Plan plan =
                Plans.sql(
                        Plans.migration("1", "create table a (id int)", TEMPORARY),
                        Plans.migration("2", "create table b (id int)", TEMPORARY));
        fixture.apply(plan);
        // when
        fixture.rollBack(plan);
        // then
        assertThat(fixture.eventNames()).endsWith("DatabaseRolledBack");
    }

    @Test
    void stepsOfOneScriptShareTheirSession() {
        // when
        fixture.apply(
                Plans.sql(
                        Plans.migration(
                                "1",
                                List.of(
                                        Plans.script(TEMPORARY),
                                        Plans.script("create table kept as select * from work")),
                                Optional.empty())));
        // then
        assertThat(fixture.value("select id from kept")).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(
            value = Framework.class,
            names = {"FLYWAY", "KNEX", "PRISMA"})
    void frameworkWithOneSessionForARunLeavesWhatIsInIt(Framework framework) {
        // when
        fixture.apply(
                Plans.of(
                        framework,
                        Plans.root("1", TEMPORARY, ""),
                        Plans.root("2", "create table kept as select * from work", "")));
        // then
        assertThat(fixture.value("select id from kept")).isEqualTo("1");
    }
}
