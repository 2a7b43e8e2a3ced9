package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.KeyRange;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a survey says of databases that other hands have migrated, and that it leaves no trace. */
final class SurveyExecutionIT {
    private static final Plan ALEMBIC =
            Plans.of(Framework.ALEMBIC, Plans.revision("aa"), Plans.revision("bb", "aa"));
    private static final Plan PRISMA = Plans.of(Framework.PRISMA, ForeignHistory.ONE_TO_THREE);
    private static final Plan KNEX = Plans.of(Framework.KNEX, ForeignHistory.ONE_TO_THREE);

    /** Every object of the database, with the transaction that last wrote it. */
    private static final String OBJECTS =
            "select md5(string_agg(c.oid || ' ' || c.xmin, ',' order by c.oid))"
                    + " || coalesce(to_regnamespace('skein')::text, ' none') from pg_class c";

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    private ExecutionEnd survey(Plan plan) {
        return fixture.execute(fixture.nextOrder(OrderKind.SURVEY), plan);
    }

    /** The one answer, after a check that the survey left no trace. */
    private SurveyFindings found(Plan plan, String rows) {
        String before = fixture.value(OBJECTS) + fixture.value(rows);
        assertThat(survey(plan)).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(fixture.value(OBJECTS) + fixture.value(rows)).isEqualTo(before);
        assertThat(fixture.eventNames()).containsExactly("DatabaseSurveyed");
        assertThat(fixture.reports.get(0).sequence()).isZero();
        return fixture.events(DatabaseSurveyed.class).get(0).findings();
    }

    private static String rowsOf(String table) {
        return "select string_agg(t.xmin || ' ' || t.ctid || ' ' || t, ',') from " + table + " t";
    }

    @Test
    void headOfAlembicStandsForAllBelowIt() {
        // given
        fixture.execute(ForeignHistory.alembic("aa"));
        // when
        SurveyFindings found = found(ALEMBIC, rowsOf("alembic_version"));
        // then
        assertThat(found.version()).contains("aa");
        assertThat(found.applied()).isEqualTo(1);
        assertThat(found.missing()).containsExactly(new KeyRange("bb", "bb", 1));
        assertThat(found.agrees()).isTrue();
    }

    @Test
    void headThatThePlanLacksIsUnknown() {
        // given
        fixture.execute(ForeignHistory.alembic("zz"));
        // when
        SurveyFindings found = found(ALEMBIC, rowsOf("alembic_version"));
        // then
        assertThat(found.unknown()).containsExactly("zz");
        assertThat(found.missing()).containsExactly(new KeyRange("aa", "bb", 2));
        assertThat(found.agrees()).isFalse();
    }

    @Test
    void tableWithoutAHeadIsAnEmptyDatabase() {
        // given
        fixture.execute(ForeignHistory.alembic());
        // when
        SurveyFindings found = found(ALEMBIC, rowsOf("alembic_version"));
        // then
        assertThat(found.version()).isEmpty();
        assertThat(found.missingCount()).isEqualTo(2);
        assertThat(found.agrees()).isTrue();
    }

    @Test
    void absentTablesAreAnEmptyDatabase() {
        for (Plan plan : List.of(ALEMBIC, PRISMA, KNEX)) {
            fixture.reports.clear();
            SurveyFindings found = found(plan, "select 1");
            assertThat(found.version()).isEmpty();
            assertThat(found.missingCount()).isEqualTo(plan.migrations().size());
            assertThat(found.agrees()).isTrue();
        }
    }

    @Test
    void rowsOfPrismaTellWhatDiffersFailedOrIsStrange() {
        // given
        fixture.execute(
                ForeignHistory.PRISMA_TABLE
                        + ForeignHistory.prisma("1", "other", "now()", "null")
                        + ForeignHistory.prisma("2", "s", "null", "now()")
                        + ForeignHistory.prisma("2", "s", "null", "null")
                        + ForeignHistory.prisma("2a", "s", "now()", "null"));
        // when
        SurveyFindings found = found(PRISMA, rowsOf("_prisma_migrations"));
        // then
        assertThat(found.version()).contains("1");
        assertThat(found.differing())
                .extracting(each -> each.migration() + " " + each.recorded())
                .containsExactly("1 other");
        assertThat(found.failed()).containsExactly("2");
        assertThat(found.unknown()).containsExactly("2a");
        assertThat(found.missing()).containsExactly(new KeyRange("2", "3", 2));
    }

    @Test
    void rowThatPrismaRolledBackCountsForNothing() {
        // given
        fixture.execute(
                ForeignHistory.PRISMA_TABLE
                        + ForeignHistory.prisma("1", ForeignHistory.sumOf("1"), "now()", "null")
                        + ForeignHistory.prisma("2", "s", "null", "now()"));
        // when
        SurveyFindings found = found(PRISMA, rowsOf("_prisma_migrations"));
        // then
        assertThat(found.agrees()).isTrue();
        assertThat(found.missing()).containsExactly(new KeyRange("2", "3", 2));
    }

    @Test
    void gapInTheNamesOfKnexIsMissingAndLaterNamesAreApplied() {
        // given
        fixture.execute(ForeignHistory.knex(0, "1", "3", "4"));
        // when
        SurveyFindings found = found(KNEX, rowsOf("knex_migrations"));
        // then
        assertThat(found.applied()).isEqualTo(3);
        assertThat(found.missing()).containsExactly(new KeyRange("2", "2", 1));
        assertThat(found.unknown()).containsExactly("4");
        assertThat(found.lockStuck()).isFalse();
    }

    @Test
    void lockThatKnexLeftSetIsTold() {
        // given
        fixture.execute(ForeignHistory.knex(1, "1"));
        // when
        SurveyFindings found = found(KNEX, rowsOf("knex_migrations_lock"));
        // then
        assertThat(found.lockStuck()).isTrue();
        assertThat(found.agrees()).isFalse();
    }

    @Test
    void roleThatMayOnlyReadIsEnough() {
        // given
        fixture.execute(ForeignHistory.knex(0, "1"));
        reader("grant select on knex_migrations, knex_migrations_lock to ");
        // when
        survey(KNEX);
        // then
        assertThat(fixture.events(DatabaseSurveyed.class).get(0).findings().version())
                .contains("1");
    }

    @Test
    void roleThatMayNotReadIsToldAndNotTriedAgain() {
        // given
        fixture.execute(ForeignHistory.alembic("aa"));
        reader("grant usage on schema public to ");
        // when
        ExecutionEnd end = survey(ALEMBIC);
        // then
        assertThat(end).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(fixture.eventNames()).containsExactly("DatabaseFailed");
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().message())
                .isEqualTo("permission denied for table alembic_version");
    }

    /** A role of its own, for roles belong to the server and not to the database. */
    private void reader(String grant) {
        String role = fixture.name + "_reader";
        fixture.execute("create role " + role + " login;" + grant + role);
        fixture.user(role);
    }
}
