package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseIrreversible;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.VersionTableName;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AlembicExecutionIT {
    private static final String HEADS =
            "select string_agg(version_num, ',' order by version_num) from alembic_version";
    private static final Plan LINE =
            Plans.of(Framework.ALEMBIC, Plans.revision("aa"), Plans.revision("bb", "aa"));

    /** Two branches from aa, and their merge. */
    private static final Plan DIAMOND =
            Plans.of(
                    Framework.ALEMBIC,
                    Plans.revision("aa"),
                    Plans.revision("bb", "aa"),
                    Plans.revision("cc", "aa"),
                    Plans.revision("dd", "bb", "cc"));

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void tableHoldsTheHeadAlone() {
        // when
        fixture.apply(LINE);
        // then
        assertThat(fixture.value(HEADS)).isEqualTo("bb");
        assertThat(fixture.events(DatabaseApplied.class).get(0).version()).isEqualTo("bb");
        assertThat(
                        fixture.value(
                                "select conname || ' ' || pg_get_constraintdef(oid)"
                                        + " from pg_constraint"
                                        + " where contype = 'p' and conrelid ="
                                        + " 'alembic_version'::regclass"))
                .isEqualTo("alembic_version_pkc PRIMARY KEY (version_num)");
    }

    @Test
    void rollbackLeavesAnEmptyTable() {
        // given
        fixture.apply(LINE);
        // when
        fixture.rollBack(LINE);
        // then
        assertThat(fixture.value(HEADS)).isNull();
        assertThat(fixture.exists("aa")).isFalse();
        assertThat(fixture.events(DatabaseRolledBack.class)).hasSize(1);
    }

    @Test
    void branchesAreHeadsUntilTheyMerge() {
        // given
        Plan branches =
                Plans.of(Framework.ALEMBIC, DIAMOND.migrations().subList(0, 3).toArray(Plans.NONE));
        fixture.apply(branches);
        assertThat(fixture.value(HEADS)).isEqualTo("bb,cc");
        assertThat(fixture.events(DatabaseApplied.class).get(0).version()).isEqualTo("bb,cc");
        // when
        fixture.rollout("r-2").apply(DIAMOND);
        // then
        assertThat(fixture.value(HEADS)).isEqualTo("dd");
        // when
        fixture.rollBack(DIAMOND);
        // then
        assertThat(fixture.value(HEADS)).isEqualTo("bb,cc");
        // when
        fixture.rollout("r-1").rollBack(DIAMOND);
        // then
        assertThat(fixture.value(HEADS)).isNull();
    }

    @Test
    void revisionsBelowAHeadThatAlembicWroteAreTheDatabases() {
        // given
        fixture.execute(
                "create table alembic_version (version_num varchar(32) not null);"
                        + "insert into alembic_version values ('bb'); create table aa (n int)");
        // when
        fixture.apply(DIAMOND);
        // then
        assertThat(fixture.events(OrderAccepted.class).get(0).version()).contains("bb");
        assertThat(fixture.events(StepSucceeded.class))
                .extracting(step -> step.step().migration())
                .containsExactly("cc", "dd");
        assertThat(fixture.value(HEADS)).isEqualTo("dd");
    }

    @Test
    void headThatThePlanDoesNotKnowIsRefused() {
        // given
        fixture.apply(LINE);
        fixture.execute("update alembic_version set version_num = 'zz'");
        // when
        fixture.apply(LINE);
        // then
        DatabaseFailed failed = fixture.events(DatabaseFailed.class).get(0);
        assertThat(failed.failure().code()).isEqualTo("unknown-version");
        assertThat(failed.failure().message())
                .isEqualTo(
                        "migration zz is applied in the database and the plan does not know it;"
                                + " build the plan from a directory that has it");
    }

    @Test
    void revisionThatAlembicIsApplyingIsWaitedForAndNotAppliedTwice() throws SQLException {
        // given
        fixture.apply(Plans.of(Framework.ALEMBIC, LINE.migrations().get(0)));
        try (Connection alembic = fixture.connect();
                Statement statement = alembic.createStatement()) {
            alembic.setAutoCommit(false);
            statement.execute(
                    "update alembic_version set version_num = 'bb' where version_num = 'aa'");
            // when
            Future<ExecutionEnd> end =
                    fixture.begin(fixture.nextOrder(OrderKind.APPLY), LINE, Permit::go);
            fixture.awaitValue(
                    "select count(*) from pg_locks where not granted"
                            + " and relation = 'alembic_version'::regclass",
                    "1");
            alembic.commit();
            ExecutionFixture.await(end);
        }
        // then
        assertThat(fixture.value(HEADS)).isEqualTo("bb");
        assertThat(fixture.exists("bb")).isFalse();
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(2);
        assertThat(fixture.events(StepSucceeded.class))
                .extracting(step -> step.step().migration())
                .containsExactly("aa");
    }

    @Test
    void alembicFindsItsHeadMovedWhereSkeinWasFirst() throws SQLException {
        // given
        fixture.apply(Plans.of(Framework.ALEMBIC, LINE.migrations().get(0)));
        try (Connection alembic = fixture.connect();
                Statement statement = alembic.createStatement()) {
            alembic.setAutoCommit(false);
            statement.executeQuery("select version_num from alembic_version").close();
            // when
            fixture.apply(LINE);
            int moved =
                    statement.executeUpdate(
                            "update alembic_version set version_num = 'bb'"
                                    + " where version_num = 'aa'");
            // then
            assertThat(moved).isZero();
        }
    }

    @Test
    void headTakenBackMeanwhileIsNotTakenBackTwice() {
        // given
        fixture.apply(LINE);
        // when
        fixture.before(
                OrderKind.ROLLBACK,
                () ->
                        fixture.execute(
                                "update alembic_version set version_num = 'aa'; drop table bb"),
                LINE);
        // then
        assertThat(fixture.value(HEADS)).isNull();
        assertThat(fixture.events(DatabaseRolledBack.class)).hasSize(1);
    }

    @Test
    void branchOfSomebodyElseDoesNotKeepOursFromBeingTakenBack() {
        // given
        Plan branches =
                Plans.of(Framework.ALEMBIC, DIAMOND.migrations().subList(0, 3).toArray(Plans.NONE));
        fixture.apply(LINE);
        fixture.execute(
                "insert into alembic_version values ('cc'); create table cc (n int);"
                        + " delete from skein.ledger where migration = 'aa'");
        // when
        fixture.rollBack(branches);
        // then
        assertThat(fixture.value(HEADS)).isEqualTo("cc");
        assertThat(fixture.exists("bb")).isFalse();
        assertThat(fixture.exists("aa")).isTrue();
    }

    @Test
    void revisionThatSomebodyElsesStandsOnIsNotPulledFromUnder() {
        // given
        fixture.apply(Plans.of(Framework.ALEMBIC, LINE.migrations().get(0)));
        fixture.execute("update alembic_version set version_num = 'bb'");
        // when
        fixture.rollBack(LINE);
        // then
        assertThat(fixture.events(DatabaseIrreversible.class).get(0).reason())
                .isEqualTo(
                        "migration bb was applied after it by somebody else than Skein and has to"
                                + " be taken back first");
    }

    @Test
    void tableHasTheNameAndSchemaThatThePlanGives() {
        // given
        Plan named =
                new Plan(
                        Framework.ALEMBIC,
                        Optional.of(new VersionTableName(Optional.of("books"), "My Heads")),
                        LINE.migrations());
        // when
        fixture.apply(named);
        // then
        assertThat(fixture.value("select version_num from books.\"My Heads\"")).isEqualTo("bb");
        assertThat(
                        fixture.value(
                                "select conname from pg_constraint"
                                        + " where conrelid = 'books.\"My Heads\"'::regclass"))
                .isEqualTo("My Heads_pkc");
    }
}
