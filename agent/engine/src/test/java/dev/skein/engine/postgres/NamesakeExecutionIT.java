package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A role named {@code skein}, which the server's search path leads to the ledger's schema. */
final class NamesakeExecutionIT {
    private static final String ROLE = "skein";

    /** Whatever is in the ledger's schema and not the ledger's. */
    private static final String STRANGERS =
            "select string_agg(c.relname, ' ') from pg_class c where c.relnamespace ="
                    + " 'skein'::regnamespace and c.relkind in ('r', 'v') and c.relname not in"
                    + " ('format', 'target', 'ledger', 'origin', 'framework_lock')";

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @BeforeEach
    void giveDatabaseToTheRole() {
        fixture.execute(
                "do $$ begin create role skein login;"
                        + " exception when duplicate_object then null; end $$");
        fixture.execute("alter database " + fixture.name + " owner to skein");
        fixture.execute("create table counter (n int); alter table counter owner to skein");
        fixture.user(ROLE);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Plan counting(Framework framework) {
        return Plans.of(
                framework,
                Plans.root("1", "insert into counter values (1)", "delete from counter"));
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    void secondOrderFindsWhatTheFirstDidAndARollbackTakesItBack(Framework framework) {
        // given
        Plan plan = counting(framework);
        // when
        fixture.apply(plan);
        fixture.apply(plan);
        // then
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(2);
        assertThat(fixture.value("select count(*) from counter")).isEqualTo("1");
        assertThat(fixture.value("select count(distinct book) from skein.ledger")).isEqualTo("1");
        assertThat(fixture.value("select min(book) from skein.ledger"))
                .isIn("sql", framework.label() + ":\"public\".\"" + table(framework) + "\"");
        // when
        fixture.rollBack(plan);
        // then
        assertThat(fixture.value("select count(*) from counter")).isEqualTo("0");
        assertThat(fixture.value(STRANGERS)).isNull();
    }

    @ParameterizedTest
    @EnumSource(value = Framework.class, mode = EnumSource.Mode.EXCLUDE, names = "SQL")
    void surveyAndAdoptionReadTheVersionTableThatOrdersWrite(Framework framework) {
        // given
        Plan plan = counting(framework);
        fixture.apply(plan);
        // when
        fixture.execute(fixture.nextOrder(OrderKind.SURVEY), plan);
        fixture.execute(fixture.nextOrder(OrderKind.ADOPT), plan);
        // then
        assertThat(fixture.events(DatabaseSurveyed.class).get(0).findings().version())
                .contains("1");
        assertThat(fixture.events(DatabaseAdopted.class).get(0).findings().version()).contains("1");
        assertThat(fixture.value(STRANGERS)).isNull();
    }

    private static String table(Framework framework) {
        return switch (framework) {
            case SQL -> "";
            case FLYWAY -> "flyway_schema_history";
            case ALEMBIC -> "alembic_version";
            case PRISMA -> "_prisma_migrations";
            case KNEX -> "knex_migrations";
        };
    }
}
