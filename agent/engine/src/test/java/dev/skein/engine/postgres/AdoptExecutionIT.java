package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database that a framework has managed gets a ledger, and nothing else of it changes. */
final class AdoptExecutionIT {
    private static final Plan ALEMBIC =
            Plans.of(Framework.ALEMBIC, Plans.revision("aa"), Plans.revision("bb", "aa"));
    private static final Plan PRISMA = Plans.of(Framework.PRISMA, ForeignHistory.ONE_TO_THREE);
    private static final Plan KNEX = Plans.of(Framework.KNEX, ForeignHistory.ONE_TO_THREE);
    private static final String LEDGER =
            "select string_agg(kind, ' ' order by position) from skein.ledger";

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    private ExecutionEnd adopt(Plan plan) {
        return fixture.execute(fixture.nextOrder(OrderKind.ADOPT), plan);
    }

    private static String rowsOf(String table) {
        return "select string_agg(t.xmin || ' ' || t, ',') from " + table + " t";
    }

    /** Adopts, and goes on from there with a rollout that applies the rest. */
    private void adoptAndGoOn(Plan plan, String table, String... rest) {
        String rows = fixture.value(rowsOf(table));
        adopt(plan);
        assertThat(fixture.value(rowsOf(table))).isEqualTo(rows);
        assertThat(fixture.eventNames()).containsExactly("OrderAccepted", "DatabaseAdopted");
        assertThat(fixture.value(LEDGER)).isEqualTo("accepted ended");
        fixture.apply(plan);
        assertThat(fixture.events(StepSucceeded.class))
                .extracting(step -> step.step().migration())
                .containsExactly(rest);
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
    }

    private String refusal() {
        assertThat(fixture.eventNames()).containsExactly("DatabaseFailed");
        assertThat(fixture.value("select to_regnamespace('skein')")).isNull();
        return fixture.events(DatabaseFailed.class).get(0).failure().message();
    }

    @Test
    void versionTableOfAlembicIsContinued() {
        fixture.execute(ForeignHistory.alembic("aa"));
        adoptAndGoOn(ALEMBIC, "alembic_version", "bb");
    }

    @Test
    void versionTableOfPrismaIsContinued() {
        fixture.execute(
                ForeignHistory.PRISMA_TABLE
                        + ForeignHistory.prisma("1", ForeignHistory.sumOf("1"), "now()", "null"));
        adoptAndGoOn(PRISMA, "_prisma_migrations", "2", "3");
    }

    @Test
    void versionTableOfKnexIsContinued() {
        fixture.execute(ForeignHistory.knex(0, "1", "2"));
        adoptAndGoOn(KNEX, "knex_migrations", "3");
    }

    @Test
    void emptyDatabaseIsAdoptedWithoutAVersionTable() {
        // when
        adopt(ALEMBIC);
        // then
        assertThat(fixture.events(DatabaseAdopted.class).get(0).findings().version()).isEmpty();
        assertThat(fixture.exists("alembic_version")).isFalse();
        assertThat(fixture.value(LEDGER)).isEqualTo("accepted ended");
    }

    @Test
    void strangeHeadIsRefused() {
        // given
        fixture.execute(ForeignHistory.alembic("zz"));
        // when
        adopt(ALEMBIC);
        // then
        assertThat(refusal())
                .isEqualTo(
                        "not adopted: migration zz is applied and the plan does not know it; mend"
                                + " the database or the plan, then adopt again");
    }

    @Test
    void unfinishedRowOfPrismaIsRefused() {
        // given
        fixture.execute(
                ForeignHistory.PRISMA_TABLE + ForeignHistory.prisma("1", "s", "null", "null"));
        // when
        adopt(PRISMA);
        // then
        assertThat(refusal())
                .isEqualTo(
                        "not adopted: the version table says that migration 1 failed or is not"
                                + " finished; mend the database or the plan, then adopt again");
    }

    @Test
    void otherChecksumOfPrismaIsRefused() {
        // given
        fixture.execute(
                ForeignHistory.PRISMA_TABLE + ForeignHistory.prisma("1", "s", "now()", "null"));
        // when
        adopt(PRISMA);
        // then
        assertThat(refusal())
                .isEqualTo(
                        "not adopted: migration 1 was applied with checksum s, the plan has 49;"
                                + " mend the database or the plan, then adopt again");
    }

    @Test
    void setLockOfKnexIsRefused() {
        // given
        fixture.execute(ForeignHistory.knex(1, "1"));
        // when
        adopt(KNEX);
        // then
        assertThat(refusal())
                .isEqualTo(
                        "not adopted: the framework's lock is set in its table; mend the database"
                                + " or the plan, then adopt again");
    }

    @Test
    void roleThatMayNotCreateIsToldWhatItLacks() {
        // given
        String role = fixture.name + "_reader";
        fixture.execute(
                ForeignHistory.alembic("aa")
                        + "create role "
                        + role
                        + " login; grant select on alembic_version to "
                        + role);
        fixture.user(role);
        // when
        adopt(ALEMBIC);
        // then
        assertThat(refusal()).isEqualTo("permission denied for database " + fixture.name);
    }

    @Test
    void sameOrderTwiceIsWrittenOnce() {
        // given
        fixture.execute(ForeignHistory.alembic("aa"));
        OrderIssued order = fixture.nextOrder(OrderKind.ADOPT);
        // when
        fixture.execute(order, ALEMBIC);
        fixture.execute(order, ALEMBIC);
        // then
        assertThat(fixture.value(LEDGER)).isEqualTo("accepted ended");
    }

    @Test
    void reportsThatGotLostAreSentByTheNextExecution() {
        // given: the pair is written, and whoever wrote it dies before the log has it
        fixture.execute(ForeignHistory.alembic("aa"));
        OrderIssued order = fixture.nextOrder(OrderKind.ADOPT);
        Future<ExecutionEnd> lost =
                fixture.begin(order, ALEMBIC, Permit::go, report -> Future.future(never -> {}));
        fixture.awaitValue("select to_regclass('skein.ledger') is not null", "t");
        fixture.awaitValue(LEDGER, "accepted ended");
        assertThat(fixture.events()).isEmpty();
        fixture.terminateExecution();
        // when
        fixture.execute(order, ALEMBIC);
        // then
        assertThat(lost.isComplete()).isFalse();
        assertThat(fixture.eventNames()).containsExactly("OrderAccepted", "DatabaseAdopted");
        assertThat(fixture.value(LEDGER)).isEqualTo("accepted ended");
    }

    @Test
    void olderOrderIsLeftAlone() {
        // given
        fixture.execute(ForeignHistory.alembic("aa"));
        OrderIssued older = fixture.nextOrder(OrderKind.ADOPT);
        adopt(ALEMBIC);
        // when
        ExecutionEnd end = fixture.execute(older, ALEMBIC);
        // then
        assertThat(end).isEqualTo(ExecutionEnd.SUPERSEDED);
        assertThat(fixture.value(LEDGER)).isEqualTo("accepted ended");
        assertThat(fixture.value("select max(epoch) from skein.target")).isEqualTo("2");
    }
}
